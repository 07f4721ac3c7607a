//! Request structs, as emitted code has them.

/// The struct of a request, with its `send`.
macro_rules! structs {
    ($($name:ident -> $output:ty),* $(,)?) => {
        $(
            #[derive(Clone, Debug)]
            pub(crate) struct $name(pub(crate) crate::runtime::requests::Builder);

            #[allow(dead_code, reason = "not all of them are made or sent in each way")]
            impl $name {
                pub(crate) fn new(call: Box<crate::runtime::call::Call>) -> Self {
                    Self(crate::runtime::requests::Builder { call })
                }

                pub(crate) async fn send(self) -> Result<$output, crate::runtime::error::Error> {
                    self.await
                }
            }
        )*
    };
}

/// The functions that lead from a request to its call and back.
macro_rules! builder {
    () => {
        fn from_builder(builder: crate::runtime::requests::Builder) -> Self {
            Self(builder)
        }

        fn into_builder(self) -> crate::runtime::requests::Builder {
            self.0
        }
    };
}

pub(crate) use {builder, structs};
