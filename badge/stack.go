package badge

import "github.com/badgeproof/badgeproof/vc"

// Stack is what a larger achievement is made up of, and which badges of a set cover it.
type Stack struct {
	// Goal is the id of the larger achievement, or of the CLR that is not itself about one, and Name its
	// name.
	Goal, Name string
	// Parts are what it is made up of, each before its own parts; [MaxParts] at most.
	Parts []Part
	// Complete is whether badges cover every part, or all parts of it; false where there is no part.
	Complete bool
}

// Part is one part of a larger achievement.
type Part struct {
	// ID is the id of an achievement, or the Key of a [Skill].
	ID, Name string
	// Whole is the index in Stack.Parts of the part that this is a part of; -1 for the goal.
	Whole int
	// Prerequisite says that this must come before and is no part.
	Prerequisite bool
	// Why is the statement that makes it a part.
	Why Step
	// Covered are the badges that cover the part, and how; empty where it is missing.
	Covered []Cover
	// Complete is whether a badge covers the part, or it has parts and badges cover all of these.
	Complete bool
}

// Cover is a badge that covers a part.
type Cover struct {
	Badge int    // index in the set
	Steps []Step // from the part to the achievement of the badge; none where they are the same
}

// Step is one statement that leads from one achievement to another.
type Step struct {
	// Relation is an associationType of CLR 2.0, such as "isChildOf", or "related", "alignment" or
	// "verifiableCredential" for the property that says so.
	Relation string
	// Source and Target are the ids that the statement relates: Source is the child of Target, and so on.
	Source, Target string
	// Badge is the index in the set of the badge that says so; -1 for the larger credential.
	Badge int
	// Pointer is where in that credential it says so.
	Pointer string
}

// StackOf says what the achievements of a larger credential are made up of, and which of a set of
// badges cover that.
func StackOf(larger *vc.Credential, badges []*vc.Credential) []Stack { return stackOf(larger, badges) }
