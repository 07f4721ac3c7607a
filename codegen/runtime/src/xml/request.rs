//! Requests whose response is XML.

/// As [`request!`](super::super::requests::request), for a response that is XML: its type, and the element
/// that is its root.
///
/// ```text
/// xml::request! {
///     Get: "getPet" GET "/pet" -> types::Pet, root crate::wire::xml::PET, accept "application/xml";
/// }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! xml_request {
    (
        $request:ident:
        $id:literal $http:tt $path:literal -> $output:ty, root $root:path
        $(, accept $accept:literal)?
        $(, security $security:tt)?
        $(, server $server:literal)?
        $(, redirects $redirects:tt)?
        $(, fields($(.$style:ident($($field:literal),*))*))?
        $(, pages($($pages:tt)*))?;
        $($place:ident $name:literal $(.$set:ident($($setting:tt)*))*,)*
    ) => {
        impl requests::Request for $request {
            type Output = $output;
            const OPERATION: requests::Operation = requests::Operation {
                id: $id,
                method: requests::method!($http),
                path: $path,
                parameters: &[$(requests::Parameter::$place($name)$(.$set($($setting)*))*,)*],
                accept: requests::accept!($($accept)?),
                security: requests::security!($($security)?),
                server: requests::server!($($server)?),
                fields: &[$($($(requests::Parameter::query($field).$style(),)*)*)?],
                redirects: &requests::redirects!($($redirects)?),
            };

            #[inline]
            fn from_builder(builder: requests::Builder) -> Self {
                Self(builder)
            }

            #[inline]
            fn into_builder(self) -> requests::Builder {
                self.0
            }

            #[inline]
            fn decode(payload: &requests::Payload) -> Result<Self::Output, requests::Error> {
                payload.xml(&$root)
            }
        }

        requests::methods! { $request -> $output }

        requests::pages! { [$($($pages)*)?] $request -> $output }
    };
}

pub use xml_request as request;
