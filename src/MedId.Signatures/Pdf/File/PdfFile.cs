namespace MedId.Signatures;

/// <summary>A file with its revisions: every object as it was in each of them.</summary>
internal sealed class PdfFile
{
    private const int MaxNested = 8;

    private readonly ReadOnlyMemory<byte> _file;
    private readonly PdfLimits _limits;
    private readonly PdfInflater _inflater;
    private readonly Dictionary<(int Number, PdfEntry Entry), (PdfValue Value, int End)> _read = [];
    private readonly Dictionary<int, List<(int Number, PdfValue Value)>> _streams = [];
    private readonly HashSet<int> _reading = [];
    private Dictionary<int, int>? _firstReferences;

    private PdfFile(ReadOnlyMemory<byte> file, PdfLimits limits)
    {
        (_file, _limits, _inflater) = (file, limits, new(limits.MaxInflatedBytes));
        Revisions = new PdfXrefReader(file, limits, _inflater).Read();
        if (Revisions.Any(r => r.Entries.Values.Any(e => e.Offset >= r.End)))
        {
            throw PdfSyntaxException.Malformed("a revision names an object that was written after it");
        }
    }

    /// <summary>The revisions, oldest first; never empty.</summary>
    public IReadOnlyList<PdfRevision> Revisions { get; }

    public ReadOnlyMemory<byte> Bytes => _file;

    /// <exception cref="PdfSyntaxException">The file is not in the form that is read here.</exception>
    public static PdfFile Read(ReadOnlyMemory<byte> file, PdfLimits limits) => new(file, limits);

    /// <summary>The bytes of a stream without its filter.</summary>
    public byte[] Inflate(PdfStream stream) => _inflater.Read(stream);

    /// <summary>Where an object is in a revision; null where the revision does not have it.</summary>
    public PdfEntry? Find(int revision, int number)
    {
        for (var index = revision; index >= 0; index--)
        {
            if (Revisions[index].Entries.TryGetValue(number, out var entry))
            {
                return entry.IsFree ? null : entry;
            }
        }

        return null;
    }

    /// <summary>The first revision in which something refers to an object number, whether the object is there or not.</summary>
    public IReadOnlyDictionary<int, int> FirstReferences => _firstReferences ??= ReadReferences();

    /// <summary>A value, through references (§7.3.10); null for what is not there.</summary>
    public PdfValue? Resolve(int revision, PdfValue? value)
    {
        for (var hops = 0; value is PdfReference reference; hops++)
        {
            if (hops == _limits.MaxDepth)
            {
                throw PdfSyntaxException.Limit("references go on for too long");
            }

            value = Find(revision, reference.Number) is { } entry && entry.Generation == reference.Generation ? Object(revision, reference.Number, entry).Value : null;
        }

        return value is PdfNull ? null : value;
    }

    /// <summary>An object as a revision has it; null for what is not there.</summary>
    public PdfValue? Object(int revision, int number) => Find(revision, number) is { } entry ? Object(revision, number, entry).Value : null;

    /// <summary>An object, and where its <c>endobj</c> ends; −1 inside an object stream.</summary>
    public (PdfValue Value, int End) Object(int revision, int number, PdfEntry entry)
    {
        if (entry.Stream != 0)
        {
            return (ReadInStream(revision, number, entry), -1);
        }

        if (!_read.TryGetValue((number, entry), out var read))
        {
            read = ReadAt(revision, number, entry);
            _read[(number, entry)] = read;
        }

        return read;
    }

    private Dictionary<int, int> ReadReferences()
    {
        var first = new Dictionary<int, int>();
        for (var revision = 0; revision < Revisions.Count; revision++)
        {
            var at = revision;
            var values = Revisions[at].Entries.Where(e => !e.Value.IsFree).Select(e => Object(at, e.Key, e.Value).Value).Prepend(Revisions[at].Trailer);
            foreach (var reference in values.SelectMany(PdfValue.References))
            {
                first.TryAdd(reference.Number, at);
            }
        }

        return first;
    }

    private (PdfValue Value, int End) ReadAt(int revision, int number, PdfEntry entry)
    {
        if (!_reading.Add(entry.Offset))
        {
            throw PdfSyntaxException.Malformed("an object needs itself to be read");
        }

        // A stream's length may be an object of its own, in a stream that has a length, and so on.
        if (_reading.Count > MaxNested)
        {
            throw PdfSyntaxException.Limit("objects need too many others to be read");
        }

        var parser = new PdfParser(_file, entry.Offset, _limits.MaxDepth);
        if (PdfParser.IsSpace(_file.Span[entry.Offset]) || parser.Integer(int.MaxValue) != number || parser.Integer(ushort.MaxValue) != entry.Generation)
        {
            throw PdfSyntaxException.Malformed("an object is not where the cross-reference says");
        }

        parser.Word("obj");
        var value = parser.Body(r => Resolve(revision, r));
        _reading.Remove(entry.Offset);
        return (value, parser.Position);
    }

    // §7.5.7: N pairs of number and offset, then the objects.
    private PdfValue ReadInStream(int revision, int number, PdfEntry entry)
    {
        if (Find(revision, entry.Stream) is not { Offset: >= 0 } container)
        {
            throw PdfSyntaxException.Malformed("an object stream is not there");
        }

        if (!_streams.TryGetValue(container.Offset, out var objects))
        {
            objects = ReadStream(revision, entry.Stream, container);
            _streams[container.Offset] = objects;
        }

        return entry.Index < objects.Count && objects[entry.Index].Number == number ? objects[entry.Index].Value : throw PdfSyntaxException.Malformed("an object is not in its object stream");
    }

    private List<(int Number, PdfValue Value)> ReadStream(int revision, int number, PdfEntry container)
    {
        if (Object(revision, number, container).Value is not PdfStream stream || !stream.Dictionary.HasName("Type", "ObjStm")
            || stream.Dictionary["N"] is not PdfInteger { Value: >= 0 and var count } || count > _limits.MaxObjects || stream.Dictionary["First"] is not PdfInteger { Value: >= 0 and var first })
        {
            throw PdfSyntaxException.Malformed("an object stream is none");
        }

        var bytes = _inflater.Read(stream);
        var header = new PdfParser(bytes, 0, _limits.MaxDepth, isFile: false);
        var places = new List<(int Number, int Offset)>();
        for (var index = 0; index < count; index++)
        {
            places.Add((header.Integer(int.MaxValue), header.Integer(bytes.Length)));
        }

        return first <= bytes.Length && header.Position <= first
            ? [.. places.Select(p => (p.Number, new PdfParser(bytes, (int)Math.Min(first + p.Offset, bytes.Length), _limits.MaxDepth, isFile: false).Value()))]
            : throw PdfSyntaxException.Malformed("an object stream is shorter than it says");
    }
}
