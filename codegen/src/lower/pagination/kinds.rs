//! The ways in which lists go on, each tried on what an operation has.
//!
//! What the configuration leaves open is guessed only where the document leaves no doubt: a wrong
//! guess would lose a part of the list, and nobody would notice.

use crate::config::By;
use crate::model::{MorePages, PagesBy, PagesSource, Pagination};

use super::problems::Problem;
use super::reach::{FLAG, TEXT};
use super::vocabulary::{is_next_url, tells_end, tells_more};
use super::{Paging, Site};

impl<'a> Paging<'_, 'a> {
    /// How the responses go on, where they do so in this way.
    pub(super) fn paged(&self, site: &Site<'_, 'a>, by: By) -> Result<Pagination, Problem> {
        let mut keys = site.config.given_keys();
        if let Some(key) = keys.find(|key| !by.keys().contains(key)) {
            return Err(Problem::useless(key, by));
        }
        let list = self.list(site)?;
        let mut source = site.source;
        let (by, more) = match by {
            By::Token => self.by_token(site)?,
            By::Item => self.by_item(site, &list)?,
            By::Page => (self.by_page(site)?, self.more(site)?),
            By::Offset => (self.by_offset(site)?, self.more(site)?),
            By::Link if site.config.by.is_some() => (PagesBy::Link, None),
            By::Link if !site.is_single() && self.documents_links(site.found) => {
                source = PagesSource::Description;
                (PagesBy::Link, None)
            }
            By::Link | By::None => return Err(site.no_link()),
            By::Url => (self.by_url(site)?, None),
        };
        Ok(Pagination {
            by,
            items: list.path.fields,
            item: list.item,
            more,
            source,
        })
    }

    fn by_url(&self, site: &Site<'_, 'a>) -> Result<PagesBy, Problem> {
        if let Some(way) = &site.config.next {
            let next = self.named(site, "next", way, TEXT)?;
            return Ok(PagesBy::Url { next });
        }
        let mut leaves = site.response.leaves.iter();
        let next = leaves
            .find(|leaf| TEXT.has(&leaf.ty) && is_next_url(&leaf.path.wire, leaf.holds_url))
            .ok_or_else(|| self.next_unknown(site, site.page))?;
        Ok(PagesBy::Url {
            next: next.path.fields.clone(),
        })
    }

    /// Where a page says whether there are more.
    pub(super) fn more(&self, site: &Site<'_, 'a>) -> Result<Option<MorePages>, Problem> {
        let config = &site.config;
        if let Some(way) = &config.more {
            let field = self.named(site, "more", way, FLAG)?;
            return Ok(Some(MorePages { field, ends: false }));
        }
        if let Some(way) = &config.done {
            let field = self.named(site, "done", way, FLAG)?;
            return Ok(Some(MorePages { field, ends: true }));
        }
        let response = &site.response;
        let more = response.find(FLAG, |leaf| tells_more(leaf.path.last()));
        let more = more.map(|field| MorePages { field, ends: false });
        let end = || response.find(FLAG, |leaf| tells_end(leaf.path.last()));
        Ok(more.or_else(|| end().map(|field| MorePages { field, ends: true })))
    }
}
