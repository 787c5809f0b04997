namespace MedId.Signatures;

/// <summary>
/// Says what a revision did to the one before it. Everything is refused that is not understood: a changed object is one of the few that additions have to change, and says the same as before but for the
/// addition; a new object is one that nothing waited for.
/// </summary>
internal sealed partial class PdfUpdateAnalyzer(PdfFile file)
{
    private readonly Dictionary<int, PdfUpdate> _known = [];

    /// <summary>What a revision did; the first is 0.</summary>
    public PdfUpdate Analyze(int revision)
    {
        if (!_known.TryGetValue(revision, out var update))
        {
            var step = new Step(file, revision);
            var other = step.Run();
            update = new(revision + 1, step.Added, other);
            _known[revision] = update;
        }

        return update;
    }

    private sealed partial class Step(PdfFile file, int revision)
    {
        private readonly PdfRevision _revision = file.Revisions[revision];
        private readonly HashSet<int> _newFields = [];

        public PdfUpdateAllowance Added { get; private set; }

        private int Before => revision - 1;

        /// <summary>What else was done; null when everything is explained.</summary>
        public string? Run()
        {
            var (old, now) = (file.Revisions[Before].Trailer, _revision.Trailer);
            if (!PdfValue.Same(old["Root"], now["Root"]) || !PdfValue.Same(old["Info"], now["Info"]) || (old["ID"] is PdfArray { Items: [var id, ..] } && now["ID"] is PdfArray { Items: [var other, ..] } && !PdfValue.Same(id, other)))
            {
                return "the trailer names another document";
            }

            if (!IsExplained())
            {
                return "there are bytes that no cross-reference names";
            }

            var changed = new List<(int Number, PdfValue Old, PdfValue Now)>();
            foreach (var (number, entry) in _revision.Entries)
            {
                var before = file.Find(Before, number);
                if (entry.IsFree)
                {
                    if (before is not null)
                    {
                        return "an object is taken out";
                    }
                }
                else if (before is null)
                {
                    // Shadow attacks prepare a reference to an object that is not there yet.
                    if (file.FirstReferences.TryGetValue(number, out var first) && first < revision)
                    {
                        return "an object comes into a place that was kept for it";
                    }
                }
                else if (before != entry && file.Object(Before, number) is { } was && !PdfValue.Same(was, file.Object(revision, number)))
                {
                    changed.Add((number, was, file.Object(revision, number)!));
                }
            }

            // The catalog first: what it says decides what the others are.
            var root = (now["Root"] as PdfReference)?.Number;
            return changed.OrderBy(c => c.Number != root).Select(c => Explain(c.Number, c.Old, c.Now)).FirstOrDefault(r => r is not null)
                ?? (Added.HasFlag(PdfUpdateAllowance.FurtherSignature) && IsCertifiedAgainstChanges() ? "the document was certified against changes" : null);
        }

        // Between the objects that the revision names there is white space alone: what a reader that rebuilds the cross-reference would find is what we found.
        private bool IsExplained()
        {
            List<(int Start, int End)> pieces = [_revision.Xref];
            foreach (var (number, entry) in _revision.Entries)
            {
                if (entry.Offset >= _revision.Start && entry.Offset != _revision.Xref.Start)
                {
                    pieces.Add((entry.Offset, file.Object(revision, number, entry).End));
                }
            }

            var at = _revision.Start;
            foreach (var (start, end) in pieces.Order())
            {
                if (start < at || file.Bytes.Span[at..start].ContainsAnyExcept(PdfParser.Spaces))
                {
                    return false;
                }

                at = end;
            }

            return at == _revision.Xref.End;
        }

        private string? Explain(int number, PdfValue old, PdfValue now)
        {
            var explained = (old, now) switch
            {
                _ when number == (_revision.Trailer["Root"] as PdfReference)!.Number => old is PdfDictionary was && now is PdfDictionary its && ExplainCatalog(was, its),
                (PdfArray was, PdfArray its) => AddsSignatureFields(was, its),
                (PdfDictionary was, PdfDictionary its) => number == FormNumber ? ExplainForm(was, its)
                    : IsStore(was) && IsStore(its) ? Add(PdfUpdateAllowance.ValidationData)
                    : was.HasName("Type", "Page") ? ExplainPage(was, its)
                    : was.HasName("FT", "Sig") && ExplainField(was, its),
                _ => false,
            };
            return explained ? null : "an object is changed";
        }
    }
}
