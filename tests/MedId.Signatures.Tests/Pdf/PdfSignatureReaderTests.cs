using System.Globalization;
using System.Text;
using MedId.TestSupport;

namespace MedId.Signatures.Tests.Pdf;

/// <summary>One valid file, then one change: the forgeries of the published catalogue and what readers differ in.</summary>
public sealed class PdfSignatureReaderTests
{
    // One page, linearized by qpdf 11: its first cross-reference stream names the one at the end of the file.
    private const string Linearized =
        "JVBERi0xLjcKJb/3ov4KNCAwIG9iago8PCAvTGluZWFyaXplZCAxIC9MIDEzNjggL0ggWyA2MDIgMTE0IF0gL08gOCAvRSA5MzMgL04gMSAvVCAxMDg2ID4+CmVuZG9iagogICAgICAgICAgICAgIC"
        + "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAKNSAwIG9iago8"
        + "PCAvVHlwZSAvWFJlZiAvTGVuZ3RoIDI5IC9GaWx0ZXIgL0ZsYXRlRGVjb2RlIC9EZWNvZGVQYXJtcyA8PCAvQ29sdW1ucyAzIC9QcmVkaWN0b3IgMTIgPj4gL1cgWyAxIDIgMCBdIC9JbmRleCBbID"
        + "QgNiBdIC9Sb290IDYgMCBSIC9TaXplIDEwIC9QcmV2IDEwODcgICAgICAgICAgICAgICAgICAvSUQgWzxlNWE4ZWVmNDU5MzA4NzZlM2E5NjYwNDM4NzM5NzlhOD48ZTVhOGVlZjQ1OTMwODc2ZTNh"
        + "OTY2MDQzODczOTc5YTg+XSA+PgpzdHJlYW0KeJxjYmTgZ2JgOMnEwBQIpA2BuIiJgTELABgDAkcKZW5kc3RyZWFtCmVuZG9iagogICAgICAgICAgICAgICAgICAgICAgICAgICAgCjYgMCBvYmoKPD"
        + "wgL1BhZ2VzIDMgMCBSIC9UeXBlIC9DYXRhbG9nID4+CmVuZG9iago3IDAgb2JqCjw8IC9GaWx0ZXIgL0ZsYXRlRGVjb2RlIC9TIDM2IC9MZW5ndGggMzcgPj4Kc3RyZWFtCnicY2BgYAKiKAYQuMmA"
        + "ABA2UI6BBUmUCYoZGLIYmEUYAGCBApwKZW5kc3RyZWFtCmVuZG9iago4IDAgb2JqCjw8IC9Db250ZW50cyA5IDAgUiAvTWVkaWFCb3ggWyAwIDAgMjAwIDIwMCBdIC9QYXJlbnQgMyAwIFIgL1Jlc2"
        + "91cmNlcyA8PCA+PiAvVHlwZSAvUGFnZSA+PgplbmRvYmoKOSAwIG9iago8PCAvTGVuZ3RoIDQxIC9GaWx0ZXIgL0ZsYXRlRGVjb2RlID4+CnN0cmVhbQp4nHMKUdDwL0pJLbJSMFUoSUzKSS0pVojR"
        + "yM9LTo3R1FQIyQIArQcKTmVuZHN0cmVhbQplbmRvYmoKMSAwIG9iago8PCAvVHlwZSAvT2JqU3RtIC9MZW5ndGggNTYgL0ZpbHRlciAvRmxhdGVEZWNvZGUgL04gMSAvRmlyc3QgNCA+PgpzdHJlYW"
        + "0KeJwzVjDgsrFR0HfOL80rUTBU0PfOTClWiFawUDBQCFKIVdAPqSxIVdAPSExPLVaws+MCACWQDHFlbmRzdHJlYW0KZW5kb2JqCjIgMCBvYmoKPDwgL1R5cGUgL1hSZWYgL0xlbmd0aCAyNCAvRmls"
        + "dGVyIC9GbGF0ZURlY29kZSAvRGVjb2RlUGFybXMgPDwgL0NvbHVtbnMgMyAvUHJlZGljdG9yIDEyID4+IC9XIFsgMSAyIDAgXSAvU2l6ZSA0IC9JRCBbPGU1YThlZWY0NTkzMDg3NmUzYTk2NjA0Mz"
        + "g3Mzk3OWE4PjxlNWE4ZWVmNDU5MzA4NzZlM2E5NjYwNDM4NzM5NzlhOD5dID4+CnN0cmVhbQp4nGNiYGBgYmReysTAOIuJ8c8hAAwbAwwKZW5kc3RyZWFtCmVuZG9iagogICAgICAgICAgICAgCnN0"
        + "YXJ0eHJlZgoyMTYKJSVFT0YK";

    private static readonly byte[] Valid = TestPdf.Create().Sign().Bytes;

    public static TheoryData<string, string> SignatureFaults => new()
    {
        // Universal signature forgery: no range, no value, values that are not what they have to be.
        { "range missing", SignaturesErrorCodes.PdfByteRange },
        { "range null", SignaturesErrorCodes.PdfByteRange },
        { "range of three", SignaturesErrorCodes.PdfByteRange },
        { "range of six", SignaturesErrorCodes.PdfByteRange },
        { "range with negative length", SignaturesErrorCodes.PdfByteRange },
        { "range from one", SignaturesErrorCodes.PdfByteRange },
        { "range of reals", SignaturesErrorCodes.PdfByteRange },
        { "range too long", SignaturesErrorCodes.PdfByteRange },
        { "contents missing", SignaturesErrorCodes.PdfSignatureMalformed },
        { "contents null", SignaturesErrorCodes.PdfSignatureMalformed },
        { "contents empty", SignaturesErrorCodes.PdfByteRange },
        { "contents a literal string", SignaturesErrorCodes.PdfSignatureMalformed },
        { "contents twice", SignaturesErrorCodes.PdfMalformed },
        { "contents hidden by an escape", SignaturesErrorCodes.PdfMalformed },
        { "value zero", SignaturesErrorCodes.PdfSignatureMalformed },
        { "value with a tail", SignaturesErrorCodes.PdfSignatureMalformed },
        // Signature wrapping: a larger hole, a hole elsewhere, an end elsewhere.
        { "hole one byte larger", SignaturesErrorCodes.PdfByteRange },
        { "hole one byte smaller", SignaturesErrorCodes.PdfByteRange },
        { "hole moved", SignaturesErrorCodes.PdfByteRange },
        { "end one byte before the end of the file", SignaturesErrorCodes.PdfRevision },
        { "end at the first revision", SignaturesErrorCodes.PdfByteRange },
        { "sub filter pkcs7 sha1", SignaturesErrorCodes.PdfSubFilter },
        { "sub filter x509", SignaturesErrorCodes.PdfSubFilter },
        { "sub filter of time-stamps", SignaturesErrorCodes.PdfSubFilter },
        { "sub filter missing", SignaturesErrorCodes.PdfSubFilter },
    };

    public static TheoryData<string, string, string> FileFaults => new()
    {
        { "%PDF-1.7", " %PDF-1.7", SignaturesErrorCodes.PdfMalformed },
        { "%PDF-1.7", "%PDF-3.0", SignaturesErrorCodes.PdfMalformed },
        { "trailer\n<< ", "trailer\n<< /Encrypt 9 0 R ", SignaturesErrorCodes.PdfEncrypted },
        { "trailer\n<< ", "trailer\n<< /XRefStm 9 ", SignaturesErrorCodes.PdfHybrid },
        { "trailer\n<< ", "trailer\n<< /Root 1 0 R ", SignaturesErrorCodes.PdfMalformed },
        { "/Root 1 0 R", "/Root  null ", SignaturesErrorCodes.PdfMalformed },
        { "1 0 obj", "1 0 obi", SignaturesErrorCodes.PdfMalformed },
        { "1 0 obj", "9 0 obj", SignaturesErrorCodes.PdfMalformed },
        { "1 0 obj", "1 1 obj", SignaturesErrorCodes.PdfMalformed },
        { "1 0 obj\n<< ", "1 0 obj\n<<%", SignaturesErrorCodes.PdfMalformed },
        { "/Type /Catalog ", "/Type /Catalog /Type /Catalog ", SignaturesErrorCodes.PdfMalformed },
        { "/Type /Catalog ", "/Type /Catalog /#54ype /X ", SignaturesErrorCodes.PdfMalformed },
        { "/FT /Sig", "/FT /Tx ", SignaturesErrorCodes.PdfNoSignature },
    };

    [Fact]
    public void Read_Valid_HasOneSignature() => Assert.Single(PdfSignatureReader.Read(Valid).Value!.Signatures);

    [Theory]
    [MemberData(nameof(SignatureFaults))]
    public void Read_FaultyDictionary_IsRefused(string fault, string code)
    {
        var firstEnd = TestPdf.Create().Bytes.Length;
        var signature = fault switch
        {
            "range missing" => new() { Change = t => t.Replace("/ByteRange", "/ByteRanje", StringComparison.Ordinal) },
            "range null" => Ranged((_, _, _) => "null"),
            "range of three" => Ranged((a, b, _) => $"[0 {a} {b}]"),
            "range of six" => Ranged((a, b, e) => $"[0 {a} {b} {e - b} {e} 0]"),
            "range with negative length" => Ranged((a, b, _) => $"[0 {a} {b} -1]"),
            "range from one" => Ranged((a, b, e) => $"[1 {a - 1} {b} {e - b}]"),
            "range of reals" => Ranged((a, b, e) => $"[0.0 {a} {b} {e - b}]"),
            "range too long" => Ranged((a, b, _) => $"[0 {a} {b} 999999999999999]"),
            "contents missing" => new() { Change = t => t.Replace("/Contents", "/Kontents", StringComparison.Ordinal) },
            "contents null" => new() { Change = t => t.Replace("/Contents <", "/Contents null /Value <", StringComparison.Ordinal) },
            "contents empty" => new() { Change = t => t.Replace("/Contents <", "/Contents <> /Value <", StringComparison.Ordinal) },
            "contents a literal string" => new() { Change = t => t.Replace("/Contents <", "/Contents (3000) /Value <", StringComparison.Ordinal) },
            "contents twice" => new() { Change = t => t.Replace("/Contents <", "/Contents <00> /Contents <", StringComparison.Ordinal) },
            "contents hidden by an escape" => new() { Change = t => t.Replace("/Contents <", "/#43ontents <00> /Contents <", StringComparison.Ordinal) },
            "value zero" => new() { Make = _ => [0] },
            "value with a tail" => new TestPdfSignature { Make = s => [.. new TestPdfSignature().Make(s), 0, 0, 1] },
            "hole one byte larger" => Ranged((a, b, e) => $"[0 {a} {b + 1} {e - b - 1}]"),
            "hole one byte smaller" => Ranged((a, b, e) => $"[0 {a + 1} {b} {e - b}]"),
            "hole moved" => Ranged((a, b, e) => $"[0 {a - 10} {b - 10} {e - b + 10}]"),
            "end one byte before the end of the file" => new() { End = f => f.Length - 2 },
            "end at the first revision" => Ranged((a, _, _) => $"[0 {a} {firstEnd - 10} 10]"),
            "sub filter pkcs7 sha1" => new() { SubFilter = "adbe.pkcs7.sha1" },
            "sub filter x509" => new() { SubFilter = "adbe.x509.rsa_sha1" },
            "sub filter of time-stamps" => new() { SubFilter = "ETSI.RFC3161" },
            "sub filter missing" => new TestPdfSignature { Change = t => t.Replace("/SubFilter", "/SubFulter", StringComparison.Ordinal) },
            _ => throw new ArgumentOutOfRangeException(nameof(fault)),
        };
        Assert.Equal(code, PdfSignatureReader.Read(TestPdf.Create().Sign(signature).Bytes).Error?.Code);
    }

    [Theory]
    [MemberData(nameof(FileFaults))]
    public void Read_FaultyFile_IsRefused(string there, string instead, string code)
    {
        // The change is in the last place of its kind, which is the one that is read; lengths are kept where offsets follow.
        var text = Encoding.Latin1.GetString(Valid);
        var at = text.LastIndexOf(there, StringComparison.Ordinal);
        Assert.True(at >= 0);
        Assert.Equal(code, PdfSignatureReader.Read(Encoding.Latin1.GetBytes(Rebuilt(text, at, there, instead))).Error?.Code);
    }

    [Fact]
    public void Read_LinearizedFile_IsReadAsOneRevision()
    {
        var file = Convert.FromBase64String(Linearized);
        Assert.Equal(SignaturesErrorCodes.PdfNoSignature, PdfSignatureReader.Read(file).Error?.Code);
        Assert.Equal(file.Length - 1, Assert.Single(PdfFile.Read(file, PdfLimits.Default).Revisions).End);
    }

    [Fact]
    public void Read_BytesAfterTheEnd_IsRefused()
    {
        Assert.Equal(SignaturesErrorCodes.PdfMalformed, PdfSignatureReader.Read((byte[])[.. Valid, (byte)'x']).Error?.Code);
        Assert.Equal(SignaturesErrorCodes.PdfMalformed, PdfSignatureReader.Read((byte[])[.. Valid, .. "4 0 obj\n<< >>\nendobj\n"u8]).Error?.Code);
    }

    [Fact]
    public void Read_CrossReferencesInACircle_IsRefused()
    {
        var text = Encoding.Latin1.GetString(Valid);
        var last = text[(text.LastIndexOf("startxref\n", StringComparison.Ordinal) + 10)..].Split('\n')[0];
        var at = text.LastIndexOf("/Prev ", StringComparison.Ordinal) + 6;
        var digits = text[at..].IndexOf(' ', StringComparison.Ordinal);
        Assert.True(last.Length >= digits);
        var circle = text[..at] + last + text[(at + digits)..];
        Assert.Equal(SignaturesErrorCodes.PdfMalformed, PdfSignatureReader.Read(Encoding.Latin1.GetBytes(circle)).Error?.Code);
    }

    [Fact]
    public void Read_TwoFieldsWithOneSignature_IsRefused()
    {
        var pdf = TestPdf.Create(catalog: "/AcroForm << /Fields [10 0 R] /SigFlags 3 >> ").Update((10, "<< /FT /Sig /T (copy) /V 12 0 R >>"));
        Assert.Equal(SignaturesErrorCodes.PdfSignatureMalformed, PdfSignatureReader.Read(pdf.Sign().Bytes).Error?.Code);
    }

    [Fact]
    public void Read_SignatureDictionaryInAnObjectStream_IsRefused()
    {
        var pdf = TestPdf.Create(usesStreams: true);
        var signed = pdf.Sign(new() { Change = t => t.Replace("/Contents <", "/Contents  <", StringComparison.Ordinal) });
        Assert.Equal(SignaturesErrorCodes.PdfSignatureMalformed, PdfSignatureReader.Read(signed.Bytes).Error?.Code);
    }

    [Fact]
    public void Read_ExactlyAtEachLimit_IsAcceptedAndOneLessIsRefused()
    {
        var twice = TestPdf.Create().Sign().Sign().Bytes;
        AssertLimit(twice, SignaturesErrorCodes.PdfTooLarge, n => PdfLimits.Default with { MaxBytes = n }, twice.Length);
        AssertLimit(twice, SignaturesErrorCodes.PdfLimit, n => PdfLimits.Default with { MaxRevisions = n }, 3);
        AssertLimit(twice, SignaturesErrorCodes.PdfLimit, n => PdfLimits.Default with { MaxSignatures = n }, 2);
        AssertLimit(twice, SignaturesErrorCodes.PdfLimit, n => PdfLimits.Default with { MaxObjects = n }, 5 + 3 + 3);
        AssertLimit(twice, SignaturesErrorCodes.PdfLimit, n => PdfLimits.Default with { MaxDepth = n }, 3);
    }

    [Fact]
    public void Read_StreamsThatInflateToTooMuch_IsRefused()
    {
        var file = TestPdf.Create(usesStreams: true).Sign().Bytes;
        Assert.True(PdfSignatureReader.Read(file).Succeeded);
        Assert.Equal(SignaturesErrorCodes.PdfLimit, PdfSignatureReader.Read(file, PdfLimits.Default with { MaxInflatedBytes = 100 }).Error?.Code);
    }

    [Theory]
    [InlineData(6, true)]
    [InlineData(500, false)]
    public void Read_LengthsThatNeedOtherStreams_AreReadToADepth(int depth, bool isRead)
    {
        // Object n is a stream whose length is the object n + 1 that is a stream, which no length can be; the last one is a number.
        var pdf = TestPdf.Create();
        var first = pdf.NextNumber;
        pdf.Update([.. Enumerable.Range(first, depth).Select(n => (n, (string?)$"<< /Length {n + 1} 0 R >>\nstream\n\nendstream")), (first + depth, "0")]);
        pdf.Update((TestPdf.Catalog, pdf[TestPdf.Catalog].Replace("/Pages 2 0 R", $"/Pages 2 0 R /DSS << /Certs [{first} 0 R] >>", StringComparison.Ordinal)));
        var read = PdfSignatureReader.Read(pdf.Sign().Bytes);
        Assert.Equal(isRead ? SignaturesErrorCodes.PdfMalformed : SignaturesErrorCodes.PdfLimit, read.Error?.Code);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public void Verify_ChangedBytes_AreRefusedOrSignTheSame(bool usesStreams, int seed)
    {
        var original = TestPdf.Create(usesStreams).Sign().Bytes;
        var expected = PdfSignatureReader.Read(original).Value!.Signatures[0].SignedBytes;
        foreach (var mutant in new SeededMutator(seed).Mutate(original, 3000))
        {
            var verification = PdfSignatureVerifierTests.Verify(mutant.Bytes);
            if (verification.IsAccepted)
            {
                Assert.True(expected.Span.SequenceEqual(verification.Signers[0].Covered[0].Octets.Span), mutant.How);
            }
        }
    }

    [Theory]
    [InlineData(3)]
    public void Verify_ChangedStructure_IsRefusedOrSignsTheSame(int seed)
    {
        // Changes in the structure alone: the padding of the value is taken out, or nearly every change would fall into its zeros.
        var pdf = TestPdf.Create().Sign().Sign(TestPdfSignature.Timestamp);
        var original = pdf.Bytes;
        var expected = PdfSignatureReader.Read(original).Value!.Signatures[0].SignedBytes;
        var structure = Enumerable.Range(0, original.Length).Where(i => !IsPadding(original, i)).ToArray();
        var places = new SeededMutator(seed).Mutate(Enumerable.Range(0, 64).Select(i => (byte)i).ToArray(), 2000);
        var count = 0;
        foreach (var place in places)
        {
            var at = structure[(count++ * 7919) % structure.Length];
            var changed = (byte[])original.Clone();
            changed[at] = place.Bytes.Length == 0 ? (byte)' ' : place.Bytes[count % place.Bytes.Length];
            var verification = PdfSignatureVerifierTests.Verify(changed, PdfUpdateAllowance.DocumentTimestamp);
            if (verification.IsAccepted)
            {
                Assert.True(expected.Span.SequenceEqual(verification.Signers[0].Covered[0].Octets.Span), at.ToString(CultureInfo.InvariantCulture));
            }
        }
    }

    [Fact]
    public void Read_EveryTruncationOfItsEnd_IsRefused()
    {
        for (var length = Valid.Length - 2; length > Valid.Length - 400; length--)
        {
            Assert.False(PdfSignatureReader.Read(Valid.AsMemory(0, length)).Succeeded);
        }
    }

    private static bool IsPadding(byte[] file, int at) => file[at] == '0' && at >= 40 && at + 40 < file.Length && !file.AsSpan(at - 40, 80).ContainsAnyExcept((byte)'0');

    private static void AssertLimit(byte[] file, string code, Func<int, PdfLimits> limits, int exact)
    {
        var accepted = PdfSignatureReader.Read(file, limits(exact));
        Assert.True(accepted.Succeeded, accepted.ToString());
        Assert.Equal(code, PdfSignatureReader.Read(file, limits(exact - 1)).Error?.Code);
    }

    private static TestPdfSignature Ranged(Func<int, int, int, string> range) => new() { Range = range };

    // The text with the change, and with the offsets behind it moved along, so that nothing else is wrong.
    private static string Rebuilt(string text, int at, string there, string instead)
    {
        var moved = instead.Length - there.Length;
        var changed = text[..at] + instead + text[(at + there.Length)..];
        if (moved == 0)
        {
            return changed;
        }

        var xref = text.LastIndexOf("\nxref\n", StringComparison.Ordinal) + 1;
        var start = text.LastIndexOf("startxref\n", StringComparison.Ordinal) + 10;
        return xref < at ? changed : changed[..(start + moved)] + (xref + moved).ToString(CultureInfo.InvariantCulture) + changed[(start + moved + xref.ToString(CultureInfo.InvariantCulture).Length)..];
    }
}
