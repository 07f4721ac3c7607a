//! Conversion of single forms.
