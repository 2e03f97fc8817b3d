package dial

import (
	"io"
	"os"
)

// watched is input that tells of its end. The library goes on without input: a
// console whose terminal was closed would never end.
func watched(in io.Reader, ended func()) io.Reader {
	if f, isFile := in.(*os.File); isFile {
		return &watchedFile{f, ended}
	}
	return &watchedReader{in, ended}
}

type watchedReader struct {
	io.Reader
	ended func()
}

func (r *watchedReader) Read(data []byte) (int, error) {
	n, err := r.Reader.Read(data)
	if err != nil {
		r.ended()
	}
	return n, err
}

// watchedFile is a watched terminal: the library needs more of it than Read.
type watchedFile struct {
	*os.File
	ended func()
}

func (f *watchedFile) Read(data []byte) (int, error) {
	n, err := f.File.Read(data)
	if err != nil {
		f.ended()
	}
	return n, err
}
