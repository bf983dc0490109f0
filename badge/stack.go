package badge

import "github.com/badgeproof/badgeproof/vc"

// Stack is what a larger achievement is made up of, and which badges of a set cover it.
type Stack struct {
	// Goal is the id of the larger achievement or, of a CLR that says of none what its parts are, the id of the
	// CLR; Name is its name.
	Goal, Name string
	// Parts are what it is made up of, each before its own parts. A part of several wholes is in the list
	// once for each.
	Parts []Part
	// Complete is whether every part of the goal is complete. It is false where nothing says what the parts
	// are, and where there are more than [MaxParts].
	Complete bool
}

// Missing returns the parts that no badge covers and that have no parts of their own: what is to be earned
// still. Prerequisites are not among them.
func (s Stack) Missing() []Part {
	whole := map[int]bool{}
	for _, p := range s.Parts {
		whole[p.Whole] = whole[p.Whole] || !p.Prerequisite
	}
	var all []Part
	for i, p := range s.Parts {
		if !p.Complete && !p.Prerequisite && !whole[i] {
			all = append(all, p)
		}
	}
	return all
}

// Part is one part of a larger achievement.
type Part struct {
	// ID is the id of an achievement, or the Key of a [Skill].
	ID, Name string
	// Whole is the index in Stack.Parts of the part that this is a part of; -1 for the goal.
	Whole int
	// Prerequisite says that this must come before, and is no part: Complete of the whole does not
	// depend on it.
	Prerequisite bool
	// Why is the statement that makes it a part.
	Why Step
	// Covered are the badges that cover the part itself, and how; empty for none.
	Covered []Cover
	// Complete is whether a badge covers the part, or it has parts and all of these are complete.
	Complete bool
}

// Cover is a badge that covers a part.
type Cover struct {
	Badge int    // index in the set
	Steps []Step // from the part to the achievement of the badge; none where that is the part
}

// Step is one statement that relates two achievements, or an achievement and a node of a framework.
type Step struct {
	// Relation is an associationType of CLR 2.0, such as "isChildOf", or the property that says so: "related",
	// "alignment", "verifiableCredential".
	Relation string
	// Source and Target are the ids that are related: Source is a child of Target, and so on.
	Source, Target string
	// Badge is the index in the set of the badge that says so; -1 for the larger credential.
	Badge int
	// Pointer is where in that credential it says so, as a JSON Pointer.
	Pointer string
}

// StackOf says what the achievements of a larger credential are made up of, and which of a set of badges
// cover that. It goes by what the credentials say, and looks nothing up: hand it credentials that have
// been verified, by issuers who are trusted to say so, or look at each [Step] for who says it.
//
// What is a part is said by the larger credential alone. Of a CLR, it is said by the associations isChildOf,
// isPartOf and isParentOf; what precedes a part is its prerequisite. A CLR without these has the achievements
// of its credentials for parts; another credential, the nodes that its achievement is aligned with.
//
// A badge covers an achievement that it awards, unless a result in it says that it was not reached; one that
// is an exactMatchOf it, is related to it (which says that the two are the same for most purposes) or is
// replacedBy it, over several steps, whoever says so; and one that it is aligned with, or all of whose alignments it
// shares. It covers a node by an alignment with it that was attained, and by an achievement that is the node. A CLR in the
// set covers what the credentials inside award.
//
// There is one Stack for each achievement that has parts and is no part itself. Of associations in a circle,
// each part is followed down to where it would be its own.
func StackOf(larger *vc.Credential, badges []*vc.Credential) []Stack {
	s := newStacker()
	s.read(larger, -1)
	for i, b := range badges {
		s.read(b, i)
	}
	return s.stacks(larger)
}
