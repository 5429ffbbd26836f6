/** Three sites of this machine. */
export type ZooOrigins = { readonly main: string; readonly first: string; readonly second: string };

/** What a page of the zoo may need to know: where others are, and the how-manieth visit this is. */
export type ZooVisit = ZooOrigins & { readonly visit: number };

const page = (body: string): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>A page of the zoo</title>
<style>body { margin: 0; font: 16px sans-serif; background: #fffbe6 } video { width: 640px; height: 360px }</style></head>
<body><h1>A page of the zoo</h1>${body}</body>
</html>`;

const script = (code: string): string => `<script>${code}</script>`;

const video = (clip: string, more = ''): string =>
  `<video src="/files/${clip}.mp4" autoplay loop muted playsinline ${more}></video>`;

/** A script's expression that makes a playing video. */
const makeVideo = (clip: string): string =>
  `Object.assign(document.createElement('video'), { src: '/files/${clip}.mp4', autoplay: true, loop: true, muted: true })`;

/** Pages that were never made for a wall; what each is to do there is said in the specs beside. */
export const zooPages: Readonly<Record<string, (visit: ZooVisit) => string>> = {
  plain: () => page(video('lanterns', 'id="real"')),

  late: () =>
    page(
      script(
        `setTimeout(() => { const v = ${makeVideo('reef')}; v.id = 'real'; document.body.append(v); }, 8000)`,
      ),
    ),

  three: () =>
    page(`
      <video src="/files/snow.mp4" autoplay loop muted style="width: 240px; height: 60px"></video>
      ${video('aurora', 'id="real"')}
      <video src="/files/rain.mp4" preload="metadata" style="width: 320px; height: 180px"></video>`),

  /** Its real video appears when `showReal` is called, beside a small one that plays for ever. */
  teaser: () =>
    page(`
      <video src="/files/snow.mp4" autoplay loop muted style="width: 240px; height: 60px"></video>
      ${script(`const showReal = () => { const v = ${makeVideo('reef')}; v.id = 'real'; document.body.append(v); };`)}`),

  /** Asks something again and again, on a bright ground that covers all. */
  modal: () =>
    page(`<style>dialog::backdrop { visibility: visible; background: #fffbe6 }</style>
      ${video('aurora', 'id="real"')}<dialog id="question">Subscribe?</dialog>${script(`
      const ask = () => { question.close(); question.showModal(); };
      ask(); setInterval(ask, 1000);`)}`),

  'closed-shadow': () =>
    page(
      `<x-player></x-player>${script(`
      customElements.define('x-player', class extends HTMLElement {
        constructor() {
          super();
          const inside = this.attachShadow({ mode: 'closed' }).appendChild(document.createElement('section'));
          const v = ${makeVideo('harbour')};
          v.style.cssText = 'width: 640px; height: 360px';
          inside.append(v);
        }
      });`)}`,
    ),

  'declared-shadow': () =>
    page(
      `<div><template shadowrootmode="closed"><section>${video('rain', 'style="width:640px;height:360px"')}</section></template></div>`,
    ),

  nested: ({ first }) =>
    page(`<iframe src="${first}/page/nested-middle" width="700" height="420" allow="autoplay"></iframe>`),
  'nested-middle': ({ second }) =>
    page(`<iframe src="${second}/page/plain" width="660" height="400" allow="autoplay"></iframe>`),

  /** Fills a frame itself that was never loaded from anywhere. */
  'own-frame': () =>
    page(
      `<iframe id="own" width="660" height="400"></iframe>${script(`
      const v = own.contentDocument.createElement('video');
      Object.assign(v, { id: 'real', src: '/files/lava.mp4', autoplay: true, loop: true, muted: true });
      v.style.cssText = 'width: 640px; height: 360px';
      own.contentDocument.body.append(v);
      v.play();`)}`,
    ),

  'written-frame': () =>
    page(
      `<iframe id="own" width="660" height="400"></iframe>${script(`
      const inside = own.contentDocument;
      inside.open();
      inside.write('<body style="background: #fffbe6">${video('rain', 'id="real" style="width:640px;height:360px"')}');
      inside.close();`)}`,
    ),
  'pauses-and-mutes': () =>
    page(
      `${video('balloons', 'id="real"')}${script(`
      setInterval(() => { real.pause(); real.muted = true; real.volume = 0; }, 200);`)}`,
    ),

  replaces: () =>
    page(
      `<div id="place">${video('motorway')}</div>${script(`
      setInterval(() => { const v = ${makeVideo('motorway')}; place.replaceChildren(v); }, 5000);`)}`,
    ),

  consent: () =>
    page(`<div id="onetrust-banner-sdk" style="position:fixed;inset:0;background:#fff;z-index:99">We value your privacy.
      <button id="onetrust-reject-all-handler">Reject all</button> <button id="onetrust-accept-btn-handler">Accept all</button></div>
      ${script(`
      const done = () => { document.getElementById('onetrust-banner-sdk').remove(); document.body.append(${makeVideo('reef')}); };
      document.getElementById('onetrust-accept-btn-handler').onclick = done;
      document.getElementById('onetrust-reject-all-handler').onclick = done;`)}`),

  'own-consent': () =>
    page(
      `<form class="zoo-wall"><button type="button" class="yes-please">Of course</button></form>${script(`
      document.querySelector('.yes-please').onclick = () => document.body.append(${makeVideo('snow')});`)}`,
    ),

  'tap-to-play': () =>
    page(
      `<video id="real" loop muted poster=""></video><button aria-label="Play video" style="width:640px;height:200px">▶</button>${script(`
      document.querySelector('button').onclick = () => { real.src = '/files/rain.mp4'; real.play(); };`)}`,
    ),

  radio: () =>
    page(`<script>const radio = new Audio('/files/harbour.mp4'); radio.loop = true; radio.play();</script>`),

  /** Shows its video to those who have logged in. */
  members: () =>
    page(
      `<button id="enter">Log in</button>${script(`
      enter.onclick = () => {
        document.cookie = 'member=yes; path=/; max-age=86400';
        localStorage.setItem('member', 'yes');
        location.reload();
      };
      if (document.cookie.includes('member=yes')) document.body.append(${makeVideo('reef')});`)}`,
    ),

  /** Remembers who has logged in without a cookie. */
  keeper: () =>
    page(
      `<button id="enter">Log in</button>${script(`
      enter.onclick = () => {
        localStorage.setItem('member', 'yes');
        location.reload();
      };
      if (localStorage.getItem('member') === 'yes') document.body.append(${makeVideo('reef')});`)}`,
    ),

  /** A tone of nearly full scale. */
  loud: () =>
    page(
      `<audio id="real" autoplay></audio>${script(`
      const context = new AudioContext();
      const tone = new OscillatorNode(context, { frequency: 440 });
      const out = context.createMediaStreamDestination();
      tone.connect(new GainNode(context, { gain: 0.8 })).connect(out);
      tone.start();
      real.srcObject = out.stream;`)}`,
    ),

  pushy: () =>
    page(
      `${video('sundown2', '')}${video('lava', 'id="real"')}${script(`
      const pester = () => {
        window.open('/page/plain'); alert('You have won'); confirm('Really?'); print();
        Notification.requestPermission(); navigator.geolocation.getCurrentPosition(() => {});
        navigator.mediaDevices?.getUserMedia({ audio: true }).catch(() => {});
        const link = Object.assign(document.createElement('a'), { href: '/download/gift', download: 'gift.zip' });
        document.body.append(link); link.click();
        real.requestFullscreen().catch(() => {}); document.body.requestPointerLock?.();
        window.focus(); window.moveTo(0, 0); window.resizeTo(9999, 9999); window.close();
        history.pushState({}, '', '#' + Math.random());
      };
      window.onbeforeunload = () => 'Stay!';
      window.onpopstate = () => history.forward();
      setInterval(pester, 700);`)}`,
    ),

  leaves: ({ second }) =>
    page(
      `${video('radar', 'id="real"')}${script(`setInterval(() => { location.href = '${second}/page/trap'; }, 1500);`)}`,
    ),
  trap: () => page(`<h1>You were led here</h1>${video('snow')}`),

  'no-media': () => page('<p>Nothing to see here.</p>'),

  ground: () => page('<p>Beneath all tiles</p>'),
  banner: () =>
    `<!doctype html><title>Banner</title><p style="position:fixed;top:0;right:0;margin:8px;background:#0af">Over all tiles</p>`,

  /** Offers a picture that moves to whoever asks the server for it. */
  'whep-camera': () =>
    `<!doctype html><title>Camera</title><canvas id="board" width="320" height="180"></canvas>${script(`
    const pen = board.getContext('2d');
    let turn = 0;
    setInterval(() => { pen.fillStyle = 'hsl(' + (turn++ * 3 % 360) + ' 90% 50%)'; pen.fillRect(0, 0, 320, 180); }, 40);
    const stream = board.captureStream(25);
    const context = new AudioContext();
    const out = context.createMediaStreamDestination();
    const tone = new OscillatorNode(context, { frequency: 330 });
    tone.connect(new GainNode(context, { gain: 0.3 })).connect(out);
    tone.start();
    const tracks = { video: stream.getVideoTracks()[0], audio: out.stream.getAudioTracks()[0] };
    const serve = async () => {
      for (;;) {
        const asked = await fetch('/camera/next');
        if (asked.status !== 200) { await new Promise((done) => setTimeout(done, 200)); continue; }
        const peer = new RTCPeerConnection();
        await peer.setRemoteDescription({ type: 'offer', sdp: await asked.text() });
        peer.getTransceivers().forEach((each) => { each.direction = 'sendonly'; each.sender.replaceTrack(tracks[each.receiver.track.kind]); });
        await peer.setLocalDescription();
        await new Promise((done) => { setTimeout(done, 1500); peer.onicegatheringstatechange = () => peer.iceGatheringState === 'complete' && done(); });
        await fetch('/camera/answer', { method: 'POST', body: peer.localDescription.sdp });
      }
    };
    serve();`)}`,

  /** Looks around in the network that it is shown in. */
  pries: ({ first }) =>
    page(
      `${video('snow', 'id="real"')}<img src="${first}/secret/image"><iframe src="${first}/secret/frame"></iframe>${script(`
      setInterval(() => {
        fetch('${first}/secret/fetch', { mode: 'no-cors' }).catch(() => {});
        navigator.sendBeacon('${first}/secret/beacon', 'x');
        new WebSocket('${first.replace('http', 'ws')}/secret/socket');
        document.body.append(Object.assign(document.createElement('script'), { src: '${first}/secret/script' }));
      }, 500);`)}`,
    ),

  /**
   * Its picture stops without an event once its root is marked `data-still`; the next visit finds a better day. It does
   * not stop by itself: a page cannot know when a busy machine has it playing.
   */
  freezes: () =>
    page(
      `<canvas id="board" width="640" height="360" hidden></canvas><video id="real" autoplay muted></video>${script(`
      const pen = board.getContext('2d');
      real.srcObject = board.captureStream(25);
      let turn = 0;
      setInterval(() => {
        if (document.documentElement.hasAttribute('data-still')) return;
        pen.fillStyle = 'hsl(' + (turn++ % 360) + ' 90% 50%)'; pen.fillRect(0, 0, 640, 360);
      }, 40);`)}`,
    ),

  /** After some seconds it computes for ever; the second visit finds it sane. */
  hangs: ({ visit }) =>
    page(
      `${video('aurora', 'id="real"')}${script(visit < 2 ? `setTimeout(() => { for (;;); }, 4000);` : '')}`,
    ),

  hoards: ({ visit }) =>
    page(
      `${video('harbour', 'id="real"')}${script(
        visit < 2
          ? `const hoard = []; setInterval(() => { hoard.push(new Uint8Array(48 * 1024 * 1024).fill(1)); }, 100);`
          : '',
      )}`,
    ),

  shouts: () =>
    page(
      `${video('reef', 'id="real"')}${script(`
      setInterval(() => { for (let i = 0; i < 2000; i++) window.postMessage({ 'streamwall-frame': 'x'.repeat(60) + i }, '*'); }, 100);`)}`,
    ),

  'many-frames': () =>
    page(
      `${video('harbour', 'id="real"')}${script(`
      for (let i = 0; i < 150; i++) { const f = document.createElement('iframe'); f.srcdoc = '<p>' + i; f.width = f.height = 20; document.body.append(f); }`)}`,
    ),
};
