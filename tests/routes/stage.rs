//! What the walks over all routes have in common: the program, an administrator, and a scene that is made anew once it
//! was changed.

use people::{ADMINISTRATOR, EVERYONE, PersonId};
use store::{Db, Tx};
use web::RouteInfo;
use web::testing::{Answer, Browser};

use super::{Roles, address, ask, written};
use crate::scene::{Asker, Program, Scene, Visibility};

/// The institution, and the scene that is asked about.
pub(super) struct Stage {
    pub(super) program: Program,
    pub(super) roles: Roles,
    pub(super) maker: PersonId,
    pub(super) scene: Scene,
    number: usize,
}

impl Stage {
    pub(super) async fn set(db: Db) -> Self {
        let program = Program::open(db).await;
        let files = (program.picture.clone(), program.captions.clone());
        let made = program.write(move |tx| {
            let maker = Asker::named(tx, "Maker")?.with_role(tx, ADMINISTRATOR)?.person;
            let scene = Scene::make(tx, 0, Visibility::Listed, maker, (&files.0, &files.1))?;
            Ok((Roles::read(tx)?, maker, scene))
        });
        let (roles, maker, scene) = made.await;
        Self { program, roles, maker, scene, number: 0 }
    }

    /// One more scene beside the first.
    pub(super) async fn beside(&mut self, visibility: Visibility) -> Scene {
        self.number += 1;
        let (number, maker) = (self.number, self.maker);
        let files = (self.program.picture.clone(), self.program.captions.clone());
        self.program.write(move |tx| Scene::make(tx, number, visibility, maker, (&files.0, &files.1))).await
    }

    /// Another scene, once the one before was changed.
    pub(super) async fn change(&mut self) {
        let (maker, old) = (self.maker, self.scene.clone());
        self.program.write(move |tx| old.clear(tx, maker)).await;
        self.scene = self.beside(Visibility::Listed).await;
    }

    /// Who made everything, with a new session: the administrator.
    pub(super) async fn administrator(&self) -> Asker {
        let maker = self.maker;
        self.program.write(move |tx| Asker::of(tx, maker, ADMINISTRATOR)).await
    }

    /// Somebody who holds a built-in role at the institution, with a new session.
    pub(super) async fn holder(&self, role: &'static str) -> Asker {
        self.program.write(move |tx| holder(tx, role)).await
    }

    pub(super) fn browser(&self, asker: Option<&Asker>) -> Browser {
        asker.map_or_else(|| self.program.browser(), |asker| asker.browser(&self.program))
    }

    /// Asks for an address of the scene.
    pub(super) async fn ask(&self, route: &RouteInfo, asker: Option<&Asker>) -> Answer {
        ask(&mut self.browser(asker), route, &address(route, &self.scene, asker)).await
    }

    pub(super) async fn written(&self) -> (i64, i64) {
        self.program.db.read(written).await.unwrap()
    }
}

/// Somebody who holds a built-in role at the institution. Nobody is given what everybody holds.
pub(super) fn holder(tx: &mut Tx<'_>, role: &str) -> store::Result<Asker> {
    let asker = Asker::named(tx, role)?;
    if role == EVERYONE { Ok(asker) } else { asker.with_role(tx, role) }
}

impl Program {
    /// One transaction.
    pub(super) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Tx<'_>) -> store::Result<T> + Send + 'static,
    ) -> T {
        self.db.write(work).await.unwrap()
    }
}

/// Fails with the list of what was found.
pub(super) fn none(faults: &[String]) {
    assert!(faults.is_empty(), "{} answers are not as they should be:\n{}", faults.len(), faults.join("\n"));
}
