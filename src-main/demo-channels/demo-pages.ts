/** Pages as they are met in the wild, in small: a player somewhere among other things. */

const shell = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title}</title>
<style>
  body { margin: 0; font: 16px/1.5 sans-serif; color: #222; background: #f4f1ea; }
  header { padding: 16px 24px; background: #8a2d1c; color: #fff; font-weight: 700; }
  main { display: grid; grid-template-columns: 2fr 1fr; gap: 24px; padding: 24px; }
  video, iframe { width: 100%; aspect-ratio: 16 / 9; border: 0; background: #000; }
  aside { border-left: 1px solid #ccc; padding-left: 16px; }
</style>
</head>
<body>
<header>${title}</header>
${body}
</body>
</html>
`;

/** A page with a video, a headline and a column of links. */
export const pageWithVideo = (title: string, media: string): string =>
  shell(
    title,
    `<main>
<section><h1>${title}, live</h1><video src="${media}" autoplay loop muted playsinline controls></video></section>
<aside><h2>More</h2><p>Yesterday’s pictures</p><p>How to find us</p><p>Newsletter</p></aside>
</main>`,
  );

/** A page that shows another page, of another origin, in which the video is. */
export const pageWithFrame = (title: string, frame: string): string =>
  shell(
    title,
    `<main>
<section><h1>${title}, live</h1><iframe src="${frame}" allow="autoplay" title="Player"></iframe></section>
<aside><h2>Traffic</h2><p>Northbound: free</p><p>Southbound: slow</p></aside>
</main>`,
  );

/** The player inside: nothing but the video. */
export const framedPlayer = (media: string): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Player</title><style>body { margin: 0; background: #000; } video { width: 100vw; height: 100vh; }</style></head>
<body><video src="${media}" autoplay loop muted playsinline></video></body>
</html>
`;
