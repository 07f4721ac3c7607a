//! YAML and JSON text as one kind of events with their places.

use std::ops::Range;

use jsonc_parser::Scanner;
use jsonc_parser::ScannerOptions;
use jsonc_parser::tokens::Token;
use saphyr_parser::{Event as Yaml, Parser};

use crate::document::text::{CharOffsets, Format, format};
use crate::source::Source;

/// What stands at a place. Keys come as scalars, before their values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Event<'e> {
    /// A mapping begins.
    Mapping,
    /// A list begins.
    List,
    /// The innermost mapping or list ends.
    Close,
    /// A scalar with this text, without its quotes.
    Scalar(&'e str),
    /// A YAML alias, which stands for a value that is elsewhere.
    Alias,
}

/// Calls `sink` with each event and the bytes it stands at, up to the end or the first syntax error.
pub(super) fn scan(source: Source<'_>, sink: &mut dyn FnMut(Event<'_>, Range<usize>)) {
    match format(source) {
        Format::Json => json(source.text, sink),
        Format::Yaml => yaml(source.text, sink),
    }
}

fn json(text: &str, sink: &mut dyn FnMut(Event<'_>, Range<usize>)) {
    let mut scanner = Scanner::new(text, &ScannerOptions::default());
    while let Ok(Some(token)) = scanner.scan() {
        let span = scanner.token_start()..scanner.token_end();
        match &token {
            Token::OpenBrace => sink(Event::Mapping, span),
            Token::OpenBracket => sink(Event::List, span),
            Token::CloseBrace | Token::CloseBracket => sink(Event::Close, span),
            Token::Comma | Token::Colon | Token::CommentLine(_) | Token::CommentBlock(_) => {}
            scalar => sink(Event::Scalar(scalar.as_str()), span),
        }
    }
}

fn yaml(text: &str, sink: &mut dyn FnMut(Event<'_>, Range<usize>)) {
    let offsets = CharOffsets::new(text);
    let mut documents = 0;
    let mut parser = Parser::new_from_str(text);
    while let Some(Ok((event, span))) = parser.next_event() {
        let start = offsets.byte(span.start.index());
        let span = start..offsets.byte(span.end.index()).max(start);
        match event {
            Yaml::DocumentStart(_) => documents += 1,
            Yaml::StreamEnd => return,
            _ if documents > 1 => return,
            Yaml::MappingStart(..) => sink(Event::Mapping, span),
            Yaml::SequenceStart(..) => sink(Event::List, span),
            Yaml::MappingEnd | Yaml::SequenceEnd => sink(Event::Close, span),
            Yaml::Alias(_) => sink(Event::Alias, span),
            Yaml::Scalar(scalar, ..) => sink(Event::Scalar(&scalar), span),
            Yaml::Nothing | Yaml::StreamStart | Yaml::DocumentEnd => {}
        }
    }
}

/// Where the second document of a YAML text begins, if there is one.
pub(crate) fn second_document(text: &str) -> Option<usize> {
    let mut parser = Parser::new_from_str(text);
    let mut documents = 0;
    while let Some(Ok((event, span))) = parser.next_event() {
        match event {
            Yaml::DocumentStart(_) => documents += 1,
            Yaml::StreamEnd => return None,
            _ => {}
        }
        if documents == 2 {
            return Some(CharOffsets::new(text).byte(span.start.index()));
        }
    }
    None
}
