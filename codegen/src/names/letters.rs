//! What identifiers are made of.

/// Whether a character can stand in an identifier and be seen there: The Rust Reference,
/// "Identifiers", without what has no width (Unicode's property `Default_Ignorable_Code_Point`). Two
/// names that look the same would be two.
pub(super) fn is_letter(character: char) -> bool {
    let is_ignorable = matches!(
        character,
        '\u{34F}'
            | '\u{115F}'..='\u{1160}'
            | '\u{17B4}'..='\u{17B5}'
            | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}'
            | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FFA0}'
            | '\u{E0000}'..='\u{E0FFF}'
    );
    unicode_ident::is_xid_continue(character) && !is_ignorable
}
