// Package statuslist reads the compressed list of a Bitstring Status List credential
// (W3C Bitstring Status List v1.0, sections 3.3 and 3.4) and looks up entries in it.
//
// It reads the text of encodedList and nothing else. Who issued the list, whether its proof holds,
// what purpose it serves and what a status of one means for a credential are decided elsewhere.
package statuslist
