
# `NAME` is a command of cargo's here: what stands behind it is completed by the function above, and
# all else by whatever completed it before.
_cargo_or_NAME() {
    local at=1
    [[ ${COMP_WORDS[1]} == +* ]] && at=2
    if [[ ${COMP_WORDS[at]} == NAME && $COMP_CWORD -gt $at ]]; then
        COMP_WORDS=("${COMP_WORDS[@]:at}")
        COMP_CWORD=$((COMP_CWORD - at))
        _NAME NAME "$2" "$3"
        return
    fi
    if [[ -z ${_cargo_without_NAME-} ]]; then
        # bash-completion loads that of a command when it is first asked for.
        if declare -F _comp_load > /dev/null; then
            _comp_load -- cargo > /dev/null 2>&1
        elif declare -F _completion_loader > /dev/null; then
            _completion_loader cargo > /dev/null 2>&1
        fi
        _cargo_completed_by
        complete -F _cargo_or_NAME -o bashdefault -o default cargo
    fi
    if [[ -n ${_cargo_without_NAME-} ]]; then
        "$_cargo_without_NAME" "$@"
    fi
}

# Keeps the name of the function that completes cargo, if it is another one.
_cargo_completed_by() {
    local words word
    read -r -a words <<< "$(complete -p cargo 2> /dev/null)"
    for word in "${!words[@]}"; do
        if [[ ${words[word]} == -F && ${words[word + 1]} != _cargo_or_NAME ]]; then
            _cargo_without_NAME=${words[word + 1]}
        fi
    done
}

_cargo_completed_by
complete -F _cargo_or_NAME -o bashdefault -o default cargo
