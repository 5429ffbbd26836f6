/** What machines and lists say of themselves in English, and how that is said in German; see `told-german`. */
export const toldByMachines: readonly (readonly [told: string, german: string])[] = [
  // Tiles.
  ['The page was not found.', 'Die Seite wurde nicht gefunden.'],
  ['The page has no video.', 'Die Seite hat kein Video.'],
  [
    'The page asks for a login. Open the page to log in.',
    'Die Seite will eine Anmeldung. Öffne die Seite, um dich anzumelden.',
  ],
  ['The stream does not answer.', 'Der Stream antwortet nicht.'],
  ['The site does not let it be shown here.', 'Die Seite lässt es hier nicht zeigen.'],
  [
    'It lies in a private network. The owner of the wall’s machine can allow its host in STREAMWALL_LOCAL_HOSTS.',
    'Es liegt in einem privaten Netz. Wem die Maschine der Wand gehört, kann seinen Host in STREAMWALL_LOCAL_HOSTS erlauben.',
  ],
  ['The page crashed.', 'Die Seite ist abgestürzt.'],
  ['The page used up its memory.', 'Die Seite hat ihren Speicher aufgebraucht.'],
  ['It takes too long to load.', 'Es lädt zu lange.'],
  ['This kind of media cannot be played here.', 'Diese Art von Medien lässt sich hier nicht abspielen.'],
  ['The picture stands still.', 'Das Bild steht still.'],
  ['The broadcast has ended.', 'Die Sendung ist zu Ende.'],
  ['Trying again now.', 'Es wird jetzt noch einmal versucht.'],
  // The machine.
  ['That tile is not on the wall any more.', 'Diese Kachel ist nicht mehr auf der Wand.'],
  [
    'The wall is not on a screen of this machine, so nothing of it can be heard here alone.',
    'Die Wand steht auf keinem Bildschirm dieser Maschine, also ist nichts von ihr hier allein zu hören.',
  ],
  ['The wall is not on a screen now.', 'Die Wand steht gerade auf keinem Bildschirm.'],
  ['The picture is too large to be sent.', 'Das Bild ist zu groß, um geschickt zu werden.'],
  ['There is no picture of this tile now.', 'Von dieser Kachel gibt es gerade kein Bild.'],
  [
    'This tile plays a stream directly. There is no page to open.',
    'Diese Kachel spielt einen Stream direkt. Es gibt keine Seite zum Öffnen.',
  ],
  ['The page is open at the wall’s machine.', 'Die Seite ist an der Maschine der Wand offen.'],
  [
    'The developer tools are open at the wall’s machine.',
    'Die Entwicklerwerkzeuge sind an der Maschine der Wand offen.',
  ],
  ['No answer came from the wall.', 'Von der Wand kam keine Antwort.'],
  ['There is no connection to the server now.', 'Es gibt gerade keine Verbindung zum Server.'],
  ['The wall could not do that.', 'Die Wand konnte das nicht.'],
  [
    'This could not be kept: after the next start it is as it was before.',
    'Das ließ sich nicht behalten: nach dem nächsten Start ist es wie zuvor.',
  ],
  [
    'The demo channels are in the list. They play without a network.',
    'Die Demokanäle sind in der Liste. Sie laufen ohne Netz.',
  ],
  ['The demo channels stay dark.', 'Die Demokanäle bleiben dunkel.'],
  ['Asked. The answer shows in a moment.', 'Gefragt. Die Antwort zeigt sich gleich.'],
  [
    'Nobody checks streams now: this machine’s checker is off, and the team has none.',
    'Gerade prüft niemand Streams: der Prüfer dieser Maschine ist aus, und das Team hat keinen.',
  ],
  ['The status checker ended by itself.', 'Der Prüfer hat sich von selbst beendet.'],
  ['It is being read.', 'Es wird gelesen.'],
  [
    'Nothing of {} is stored any more. Tiles that show it see it as a stranger.',
    'Von {} ist nichts mehr gespeichert. Kacheln, die es zeigen, sehen es als Fremde.',
  ],
  [
    'Only an admin sees and clears what the wall is logged in to.',
    'Nur die Verwaltung sieht und löscht, wo die Wand angemeldet ist.',
  ],
  [
    'What the sites have stored could not be read or cleared. Try it again.',
    'Was die Seiten gespeichert haben, ließ sich nicht lesen oder löschen. Versuch es noch einmal.',
  ],
  [
    'Streamdelay cannot be reached, so nothing was changed. Cover the wall instead.',
    'Streamdelay ist nicht zu erreichen, also wurde nichts geändert. Verdecke stattdessen die Wand.',
  ],
  [
    'The line to Streamdelay broke. Whether it was done is not known; look at the broadcast itself.',
    'Die Leitung zu Streamdelay riss. Ob es getan wurde, weiß man nicht; sieh dir die Sendung selbst an.',
  ],
  ['Streamdelay is being called.', 'Streamdelay wird gerufen.'],
  [
    'Streamdelay cannot be reached. It is called again.',
    'Streamdelay ist nicht zu erreichen. Es wird wieder gerufen.',
  ],
  [
    'Streamdelay does not take this key. Give it the right one in the settings.',
    'Streamdelay nimmt diesen Schlüssel nicht. Gib ihm in den Einstellungen den richtigen.',
  ],
  [
    'What is there does not answer as a Streamdelay server does.',
    'Was dort ist, antwortet nicht wie ein Streamdelay-Server.',
  ],
  ['Streamdelay says something that cannot be read.', 'Streamdelay sagt etwas, das sich nicht lesen lässt.'],
  ['The wall’s machine is not heard now.', 'Die Maschine der Wand ist gerade nicht zu hören.'],
  [
    'The wall’s machine has another Streamdelay server now, or none.',
    'Die Maschine der Wand hat jetzt einen anderen Streamdelay-Server oder keinen.',
  ],
  [
    'No Streamdelay server is set up here. Name one in the settings.',
    'Hier ist kein Streamdelay-Server eingerichtet. Nenne einen in den Einstellungen.',
  ],
  // The parts of a server.
  ['on disk before it is called saved', 'auf dem Datenträger, bevor es gesichert heißt'],
  ['not used: one instance by itself', 'nicht benutzt: eine Instanz für sich'],
  // Lists and links.
  ['The address answers with an error: {}.', 'Die Adresse antwortet mit einem Fehler: {}.'],
  ['The address did not answer within 20 seconds.', 'Die Adresse hat in 20 Sekunden nicht geantwortet.'],
  ['The address cannot be reached.', 'Die Adresse ist nicht zu erreichen.'],
  ['The list is larger than 32 MB.', 'Die Liste ist größer als 32 MB.'],
  ['The file is larger than 32 MB.', 'Die Datei ist größer als 32 MB.'],
  ['There is no such file now.', 'Die Datei gibt es gerade nicht.'],
  ['The file cannot be read.', 'Die Datei lässt sich nicht lesen.'],
  ['The list is empty.', 'Die Liste ist leer.'],
  [
    'It is JSON, but there is no list of streams in it.',
    'Es ist JSON, aber es steht keine Liste von Streams darin.',
  ],
  ['There is no [[streams]] in it.', 'Es steht kein [[streams]] darin.'],
  [
    'There is no column named “link” or “url” in its first line.',
    'In der ersten Zeile gibt es keine Spalte „link“ oder „url“.',
  ],
  ['It has no link.', 'Es hat keinen Link.'],
  ['A link has no spaces in it.', 'Ein Link hat keine Leerzeichen.'],
  [
    'This is not a web address; it should start with https://.',
    'Das ist keine Webadresse; sie sollte mit https:// beginnen.',
  ],
  [
    'Only http and https links can be shown, not “{}:”.',
    'Nur Links mit http und https lassen sich zeigen, nicht „{}:“.',
  ],
  ['This link is too long.', 'Dieser Link ist zu lang.'],
  [
    'A link may not hold a user name or password.',
    'Ein Link darf keinen Benutzernamen und kein Passwort enthalten.',
  ],
  [
    'The link holds characters that cannot be seen; copy it again.',
    'Der Link enthält Zeichen, die man nicht sieht; kopiere ihn noch einmal.',
  ],
  ['Streams are not read from {}.', 'Von {} werden keine Streams gelesen.'],
  ['Entry {}: ', 'Eintrag {}: '],
];
