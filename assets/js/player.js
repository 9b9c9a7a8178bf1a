// <stoa-player> around a <video> and a transcript: the line that is spoken is marked, a line seeks, speed is kept.
class Player extends HTMLElement {
  connectedCallback() {
    const video = this.querySelector("video");
    const lines = [...this.querySelectorAll(".transcript [data-at]")];
    for (const line of lines) {
      line.addEventListener("click", () => { video.currentTime = Number(line.dataset.at); video.play(); });
    }
    const box = this.querySelector(".transcript");
    let marked = null;
    video.addEventListener("timeupdate", () => {
      const now = lines.findLast((line) => Number(line.dataset.at) <= video.currentTime + 0.05) ?? null;
      if (now === marked) return;
      marked?.removeAttribute("aria-current");
      now?.setAttribute("aria-current", "true");
      marked = now;
      // Only within the box: the page itself must not jump.
      if (now && !video.paused) box.scrollTop = now.offsetTop - box.offsetTop - box.clientHeight / 3;
    });
    const speed = this.querySelector("select[name=speed]");
    if (speed) {
      speed.value = localStorage.getItem("stoa-speed") ?? "1";
      const set = () => { video.playbackRate = Number(speed.value); localStorage.setItem("stoa-speed", speed.value); };
      speed.addEventListener("change", set);
      video.addEventListener("loadedmetadata", set);
    }
    const key = `stoa-at:${this.dataset.item ?? location.pathname}`;
    video.addEventListener("loadedmetadata", () => {
      const at = Number(localStorage.getItem(key));
      if (at > 3 && at < video.duration - 5) video.currentTime = at;
    });
    video.addEventListener("pause", () => localStorage.setItem(key, String(video.currentTime)));
  }
}
customElements.define("stoa-player", Player);
