/** How long work may go on before others have a turn, in milliseconds: so short that typing does not feel it. */
export const slice = 12;

/** Characters; a file of more is no source that anybody wrote. */
export const tooLarge = 4_000_000;
