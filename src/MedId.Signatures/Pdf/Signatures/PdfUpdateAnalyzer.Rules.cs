namespace MedId.Signatures;

/// <content>The objects that additions have to change, and how.</content>
internal sealed partial class PdfUpdateAnalyzer
{
    private static readonly string[] FieldKeys = ["Type", "Subtype", "FT", "Ff", "T", "TU", "V", "F", "P", "Rect", "AP", "MK", "Lock"];

    private sealed partial class Step
    {
        private int? FormNumber => (Catalog(Before)?["AcroForm"] as PdfReference)?.Number;

        private PdfDictionary? Catalog(int at) => file.Resolve(at, file.Revisions[at].Trailer["Root"]) as PdfDictionary;

        private bool Add(PdfUpdateAllowance kind)
        {
            Added |= kind;
            return true;
        }

        private bool ExplainCatalog(PdfDictionary old, PdfDictionary now)
        {
            if (!old.SameExcept(now, ["DSS", "AcroForm", "Extensions"]))
            {
                return false;
            }

            // Extensions say which additions the file uses; they change nothing that is shown.
            if (!PdfValue.Same(old["Extensions"], now["Extensions"]) && !(now["Extensions"] is PdfDictionary extensions && !PdfValue.References(extensions).Any() && Add(PdfUpdateAllowance.ValidationData)))
            {
                return false;
            }

            if (!PdfValue.Same(old["DSS"], now["DSS"]) && !(file.Resolve(revision, now["DSS"]) is PdfDictionary store && IsStore(store) && Add(PdfUpdateAllowance.ValidationData)))
            {
                return false;
            }

            return PdfValue.Same(old["AcroForm"], now["AcroForm"])
                || (file.Resolve(revision, now["AcroForm"]) is PdfDictionary form && ExplainForm(file.Resolve(Before, old["AcroForm"]) as PdfDictionary ?? PdfDictionary.Empty, form));
        }

        private bool ExplainForm(PdfDictionary old, PdfDictionary now) =>
            old.SameExcept(now, ["Fields", "SigFlags"])
            && now["SigFlags"] is null or PdfInteger { Value: >= 0 and <= 3 }
            && (PdfValue.Same(old["Fields"], now["Fields"])
                || AddsSignatureFields(file.Resolve(Before, old["Fields"]) as PdfArray ?? new([]), file.Resolve(revision, now["Fields"]) as PdfArray));

        private bool ExplainPage(PdfDictionary old, PdfDictionary now) =>
            old.SameExcept(now, ["Annots"]) && AddsSignatureFields(file.Resolve(Before, old["Annots"]) as PdfArray ?? new([]), file.Resolve(revision, now["Annots"]) as PdfArray);

        /// <summary>The same list with new signature fields behind it; Fields of the form and Annots of a page.</summary>
        private bool AddsSignatureFields(PdfArray old, PdfArray? now) =>
            now is not null && now.Items.Count > old.Items.Count
            && old.Items.Zip(now.Items).All(p => PdfValue.Same(p.First, p.Second))
            && now.Items.Skip(old.Items.Count).All(i => i is PdfReference reference && IsNewSignatureField(reference));

        private bool IsNewSignatureField(PdfReference reference)
        {
            if (_newFields.Contains(reference.Number))
            {
                return true;
            }

            return file.Find(Before, reference.Number) is null
                && file.Resolve(revision, reference) is PdfDictionary field
                && field.HasName("FT", "Sig")
                && field.Entries.Keys.All(k => Array.IndexOf(FieldKeys, k) >= 0)
                && IsInvisible(field)
                && IsNewSignature(field["V"])
                && _newFields.Add(reference.Number);
        }

        /// <summary>A field that waited for a signature has one now, and shows nothing that it did not show before.</summary>
        private bool ExplainField(PdfDictionary old, PdfDictionary now) =>
            old["V"] is null && old.SameExcept(now, IsInvisible(old) ? ["V", "AP"] : ["V"]) && IsNewSignature(now["V"]);

        private bool IsNewSignature(PdfValue? value) =>
            (value is not PdfReference reference || file.Find(Before, reference.Number) is null)
            && file.Resolve(revision, value) is PdfDictionary signature
            && Add(signature.HasName("Type", "DocTimeStamp") ? PdfUpdateAllowance.DocumentTimestamp : PdfUpdateAllowance.FurtherSignature);

        private static bool IsInvisible(PdfDictionary field) =>
            field["Rect"] is null || (field["Rect"] is PdfArray { Items: [var left, var bottom, var right, var top] } && PdfValue.Same(left, right) && PdfValue.Same(bottom, top));

        /// <summary>EN 319 142-1 §5.4.2: DSS and VRI dictionaries, nothing else in them.</summary>
        private static bool IsStore(PdfDictionary dictionary) =>
            dictionary["Type"] is null or PdfName { Value: "DSS" or "VRI" }
            && (dictionary.Entries.Keys.All(k => k is "Type" or "Certs" or "OCSPs" or "CRLs" or "VRI") || dictionary.Entries.Keys.All(k => k == "Type" || (k.Length == 40 && k.All(char.IsAsciiHexDigitUpper))));

        /// <summary>ISO 32000-2 §12.8.2.2: a certification signature with P 1 allows nothing that a reader sees.</summary>
        private bool IsCertifiedAgainstChanges()
        {
            var permissions = file.Resolve(Before, Catalog(Before)?["Perms"]) as PdfDictionary;
            var certification = file.Resolve(Before, permissions?["DocMDP"]) as PdfDictionary;
            foreach (var item in (file.Resolve(Before, certification?["Reference"]) as PdfArray)?.Items ?? [])
            {
                if (file.Resolve(Before, item) is PdfDictionary reference && reference.HasName("TransformMethod", "DocMDP"))
                {
                    return file.Resolve(Before, reference["TransformParams"]) is PdfDictionary parameters && file.Resolve(Before, parameters["P"]) is PdfInteger { Value: 1 };
                }
            }

            return false;
        }
    }
}
