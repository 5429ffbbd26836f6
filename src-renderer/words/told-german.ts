import { toldByMachines } from './told-by-machines.ts';

/**
 * What the program, the documents and the team's server say in sentences of their own, and how that is said in German.
 * `{}` stands for what is filled in. A sentence that is not here is shown as it was told: better in English than not.
 */
export const toldInGerman: readonly (readonly [told: string, german: string])[] = [
  ...toldByMachines,
  // Undo.
  ['There is nothing to undo.', 'Es gibt nichts zurückzunehmen.'],
  ['There is nothing to redo.', 'Es gibt nichts zu wiederholen.'],
  ['It is so already; nothing left to undo there.', 'Es ist schon so; da ist nichts mehr zurückzunehmen.'],
  [
    'That document is not open here; nothing left to undo there.',
    'Dieses Dokument ist hier nicht offen; da ist nichts zurückzunehmen.',
  ],
  [
    'That was changed again since; nothing left to undo there.',
    'Das wurde seither geändert; da ist nichts mehr zurückzunehmen.',
  ],
  [
    'That {} is back already; nothing left to undo there.',
    'Das ist schon wieder da; da ist nichts mehr zurückzunehmen.',
  ],
  [
    'That {} was removed since; nothing left to undo there.',
    'Das wurde seither entfernt; da ist nichts mehr zurückzunehmen.',
  ],
  [
    'What came back of that {} was written by others; nothing left to undo there.',
    'Was davon zurückkam, haben andere geschrieben; da ist nichts mehr zurückzunehmen.',
  ],
  [
    'That {} was changed again since; nothing left to undo there.',
    'Das wurde seither geändert; da ist nichts mehr zurückzunehmen.',
  ],
  ['The rest was undone.', 'Der Rest wurde zurückgenommen.'],
  // What the documents refuse.
  [
    'That tile is not on this wall any more; somebody removed it.',
    'Diese Kachel ist nicht mehr auf der Wand; jemand hat sie weggenommen.',
  ],
  [
    'That scene is not there any more; somebody deleted it.',
    'Diese Szene ist nicht mehr da; jemand hat sie gelöscht.',
  ],
  [
    'That rule is not there any more; somebody removed it.',
    'Diese Regel ist nicht mehr da; jemand hat sie gelöscht.',
  ],
  [
    'That event is not there any more; somebody removed it.',
    'Dieses Ereignis ist nicht mehr da; jemand hat es entfernt.',
  ],
  [
    'That stream is not in the list any more; somebody removed it.',
    'Dieser Stream ist nicht mehr in der Liste; jemand hat ihn entfernt.',
  ],
  ['That is not there any more; somebody removed it.', 'Das ist nicht mehr da; jemand hat es entfernt.'],
  ['That wall is not there any more.', 'Diese Wand ist nicht mehr da.'],
  ['There is no such wall (any more).', 'Diese Wand gibt es nicht (mehr).'],
  ['That wall is not open here.', 'Diese Wand ist hier nicht offen.'],
  ['That says nothing to be ignored.', 'Das sagt nichts, was zu ignorieren wäre.'],
  [
    'What the archive has of that stream cannot be read.',
    'Was das Archiv von diesem Stream hat, lässt sich nicht lesen.',
  ],
  [
    'What the archive has of that event cannot be read.',
    'Was das Archiv von diesem Ereignis hat, lässt sich nicht lesen.',
  ],
  ['This link is on the ignore list.', 'Dieser Link steht auf der Ignorierliste.'],
  ['A stream cannot continue itself.', 'Ein Stream kann sich nicht selbst fortsetzen.'],
  [
    'A stream always has a code; give it another one instead.',
    'Ein Stream hat immer einen Code; gib ihm stattdessen einen anderen.',
  ],
  [
    'The code “{}” belongs to another stream. Choose one that is free.',
    'Der Code „{}“ gehört einem anderen Stream. Wähle einen freien.',
  ],
  ['An event can be seen in at most {} streams.', 'Ein Ereignis ist in höchstens {} Streams zu sehen.'],
  [
    'There are {} already, which is the most there can be. Remove some first.',
    'Mehr als {} kann es nicht geben. Entferne erst welche.',
  ],
  [
    'The catalogue is full. Remove or archive streams first.',
    'Die Liste ist voll. Entferne oder archiviere erst Streams.',
  ],
  [
    'A wall has at most {} tiles. Remove some from the bench first.',
    'Eine Wand hat höchstens {} Kacheln. Nimm erst welche von der Bank.',
  ],
  [
    'A wall keeps at most {} scenes. Delete one first.',
    'Eine Wand behält höchstens {} Szenen. Lösche erst eine.',
  ],
  ['A wall has at most {} rules. Remove one first.', 'Eine Wand hat höchstens {} Regeln. Lösche erst eine.'],
  [
    'The account {} {} belongs to “{}”. Take it away there first.',
    'Das Konto {} {} gehört zu „{}“. Nimm es zuerst dort weg.',
  ],
  ['Another tile of this wall has that id.', 'Eine andere Kachel dieser Wand hat diese Id.'],
  ['A tile cannot change places with itself.', 'Eine Kachel kann nicht mit sich selbst tauschen.'],
  ['Both tiles are on the bench.', 'Beide Kacheln sind auf der Bank.'],
  [
    'That does not fit on the wall, which has {} x {} cells.',
    'Das passt nicht auf die Wand, sie hat {} × {} Felder.',
  ],
  [
    'That tile is on the bench. Put it on the wall to listen to it.',
    'Diese Kachel ist auf der Bank. Stell sie auf die Wand, um sie zu hören.',
  ],
  [
    'A {} may not do that. Ask an admin or operator.',
    'Deine Rolle ({}) darf das nicht. Frag jemanden aus Verwaltung oder Regie.',
  ],
  ['A viewer may not do that.', 'Wer nur zuschaut, darf das nicht.'],
  [
    'Your role does not allow that. Ask an admin or operator.',
    'Deine Rolle erlaubt das nicht. Frag jemanden aus Verwaltung oder Regie.',
  ],
  ['Your role does not allow that.', 'Deine Rolle erlaubt das nicht.'],
  [
    'It was in the archive, and is back with its past.',
    'Er war im Archiv und ist mit seiner Geschichte wieder da.',
  ],
  // The disk.
  ['That was not saved, so it was not done.', 'Das wurde nicht gesichert, also auch nicht getan.'],
  ['The documents are closed.', 'Die Dokumente sind geschlossen.'],
  [
    'The disk is full. Free some space; nothing that was stored is lost.',
    'Der Datenträger ist voll. Mach Platz; nichts Gespeichertes ist verloren.',
  ],
  [
    'The file with the documents may not be written. Check its permissions.',
    'Die Datei mit den Dokumenten darf nicht beschrieben werden. Sieh nach ihren Rechten.',
  ],
  [
    'The file with the documents was held by something else for too long.',
    'Die Datei mit den Dokumenten wurde zu lange von etwas anderem gehalten.',
  ],
  [
    'The file with the documents is damaged. Start the program again: it then recovers what it can.',
    'Die Datei mit den Dokumenten ist beschädigt. Starte das Programm neu: es rettet dann, was es kann.',
  ],
  [
    'The disk did not take it ({}). Check the disk.',
    'Der Datenträger hat es nicht angenommen ({}). Sieh nach ihm.',
  ],
  // The team's server.
  [
    'The server cannot store now. Edits wait here, and are sent again by themselves.',
    'Der Server kann gerade nichts sichern. Änderungen warten hier und werden von selbst noch einmal geschickt.',
  ],
  [
    'The server lacks something that these edits build on. They wait here until somebody who may brings it.',
    'Dem Server fehlt etwas, worauf diese Änderungen aufbauen. Sie warten hier, bis jemand es bringt, der darf.',
  ],
  [
    'The server is being looked after. Edits wait here, and are sent again by themselves.',
    'Am Server wird gearbeitet. Änderungen warten hier und werden von selbst noch einmal geschickt.',
  ],
  [
    'An admin has switched this bot off. Its edits wait here until it is switched on again.',
    'Dieser Bot ist ausgeschaltet. Seine Änderungen warten hier, bis er wieder an ist.',
  ],
  ['The server ended the connection: {}.', 'Der Server hat die Verbindung beendet: {}.'],
  ['The server asks to come back later ({}).', 'Der Server bittet, später wiederzukommen ({}).'],
  ['Your role does not allow it.', 'Deine Rolle erlaubt es nicht.'],
  ['Your role does not allow changes to “{}”.', 'Deine Rolle erlaubt keine Änderungen an „{}“.'],
  ['It built on an edit that was refused.', 'Es baute auf einer abgelehnten Änderung auf.'],
  [
    'The server takes it for the work of somebody else.',
    'Der Server hält es für die Arbeit von jemand anderem.',
  ],
  [
    'An admin has switched {} off: nothing new of it is taken.',
    '{} ist ausgeschaltet: Neues davon wird nicht angenommen.',
  ],
  ['The document holds as much as it may.', 'Das Dokument enthält so viel, wie es darf.'],
  ['It is larger than the server takes.', 'Es ist größer, als der Server annimmt.'],
  [
    'The server does not take such an edit ({}). A newer version of this program may be needed.',
    'Der Server nimmt so eine Änderung nicht an ({}). Vielleicht braucht es eine neuere Fassung dieses Programms.',
  ],
  [
    'That edit cannot be done again by itself. Do it anew, where it belongs.',
    'Diese Änderung lässt sich nicht von selbst wiederholen. Mach sie neu, wo sie hingehört.',
  ],
  ['The server does not take it.', 'Der Server nimmt es nicht an.'],
  [
    'The server does not know this key, or not any more.',
    'Der Server kennt diesen Schlüssel nicht, oder nicht mehr.',
  ],
  ['The role does not allow to read this.', 'Die Rolle erlaubt nicht, das zu lesen.'],
  ['The server keeps no such document.', 'Der Server hat kein solches Dokument.'],
  [
    'The server cannot be reached, or is none of ours.',
    'Der Server ist nicht zu erreichen, oder er ist keiner von unseren.',
  ],
  ['The server cannot be reached.', 'Der Server ist nicht zu erreichen.'],
  ['The server restarts.', 'Der Server startet neu.'],
  ['The code of the second factor is needed as well.', 'Der Code des zweiten Faktors wird auch gebraucht.'],
  ['The address or the password is wrong.', 'Die Adresse oder das Passwort ist falsch.'],
  [
    'The server does not sign anybody in now. Try again later.',
    'Der Server meldet gerade niemanden an. Versuch es später noch einmal.',
  ],
  [
    'This invitation was used, was taken back, or is over. Ask for a new one.',
    'Diese Einladung ist benutzt, zurückgenommen oder abgelaufen. Bitte um eine neue.',
  ],
  [
    'The server does not take this invitation now. Try again later.',
    'Der Server nimmt diese Einladung gerade nicht an. Versuch es später noch einmal.',
  ],
  ['That is not kept any more.', 'Das ist nicht mehr aufgehoben.'],
  ['The server’s answer cannot be read.', 'Die Antwort des Servers lässt sich nicht lesen.'],
  [
    'The team’s server cannot be asked now. What happened here is below.',
    'Der Server des Teams lässt sich gerade nicht fragen. Was hier geschah, steht in diesem Fenster.',
  ],
  ['This copy belongs to no team.', 'Diese Kopie gehört zu keinem Team.'],
  [
    'The key could not be kept. It has to be given again after the next start.',
    'Der Schlüssel ließ sich nicht behalten. Nach dem nächsten Start muss er noch einmal angegeben werden.',
  ],
];
