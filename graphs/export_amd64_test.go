package graphs

// WithoutVectors runs f as a processor without vector instructions would.
func WithoutVectors(f func()) {
	defer func(there bool) { vectors = there }(vectors)
	vectors = false
	f()
}

// HasVectors tells whether this processor has them.
func HasVectors() bool { return vectors }
