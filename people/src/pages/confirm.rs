//! Confirming another e-mail address.

use askama::Template;
use axum::extract::{Path, State};
use web::{Access, Ctx, FlashKind, Page, Routes};

use super::reset::opened;
use crate::link::{Link, Purpose};
use crate::{Visitor, account};

pub(super) fn routes() -> Routes {
    Routes::new().get("/confirm/{token}", Access::Public, show).post("/confirm/{token}", Access::Public, confirm)
}

#[derive(Template)]
#[template(path = "people/confirm.html")]
struct Confirm {
    page: Page,
    link: Link,
}

/// Only a press on the button confirms: programs that look at the links in mails do not.
async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path(token): Path<String>) -> web::Result {
    let link = opened(&ctx, &visitor, &token, &[Purpose::Email]).await?;
    Ok(web::html(Confirm { page: visitor.page(&ctx, ""), link }).set(http::header::REFERRER_POLICY, "no-referrer"))
}

async fn confirm(State(ctx): State<Ctx>, visitor: Visitor, Path(token): Path<String>) -> web::Result {
    let link = opened(&ctx, &visitor, &token, &[Purpose::Email]).await?;
    let email = link.email.clone();
    ctx.db.write(move |tx| account::confirm_email(tx, &link)).await.map_err(web::Error::from)?;
    let done = visitor.words().ta("confirm-done", &[("email", email)]);
    let to = if visitor.viewer().is_ok() { "/me" } else { "/sign-in" };
    Ok(web::see_other(to).flash(FlashKind::Good, done, None))
}
