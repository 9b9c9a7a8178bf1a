//! In development: the mails that would have been sent.

use askama::Template;
use axum::extract::State;
use mail::{Mailer, OutboxMail};
use people::Visitor;
use web::{Access, Ctx, Page, Routes};

pub(super) fn routes() -> Routes {
    Routes::new().get("/outbox", Access::Public, show)
}

#[derive(Template)]
#[template(path = "app/outbox.html")]
struct Outbox {
    page: Page,
    mails: Vec<OutboxMail>,
}

impl Outbox {
    /// The text in pieces, each with true where it is an address of this server to follow.
    fn pieces<'t>(&self, text: &'t str) -> Vec<(bool, &'t str)> {
        let mut pieces = Vec::new();
        for word in text.split_inclusive(char::is_whitespace) {
            let bare = word.trim_end();
            if bare.starts_with("http://") || bare.starts_with("https://") {
                pieces.push((true, bare));
                pieces.push((false, &word[bare.len()..]));
            } else {
                pieces.push((false, word));
            }
        }
        pieces
    }
}

async fn show(State(ctx): State<Ctx>, visitor: Visitor) -> web::Result {
    let mailer = ctx.get::<Mailer>();
    if !ctx.settings.dev || !mailer.is_outbox() {
        return Err(web::Error::not_found());
    }
    let mails = tokio::task::spawn_blocking(move || mailer.outbox()).await.map_err(web::Error::internal)?;
    Ok(web::html(Outbox { page: visitor.page(&ctx, ""), mails }))
}
