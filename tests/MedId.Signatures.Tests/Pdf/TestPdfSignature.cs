using MedId.Testing;

namespace MedId.Signatures.Tests.Pdf;

/// <summary>How a test PDF is signed.</summary>
internal sealed class TestPdfSignature
{
    public string Type { get; set; } = "Sig";

    public string SubFilter { get; set; } = "ETSI.CAdES.detached";

    public string Rect { get; set; } = "[0 0 0 0]";

    /// <summary>Further members of the field.</summary>
    public string FieldMembers { get; set; } = "";

    /// <summary>Changes the text of the signature dictionary before it is written.</summary>
    public Func<string, string> Change { get; set; } = text => text;

    /// <summary>Another byte range, from the start of the hole, its end and the end of the file.</summary>
    public Func<int, int, int, string>? Range { get; set; }

    /// <summary>Another end of what is signed.</summary>
    public Func<byte[], int>? End { get; set; }

    /// <summary>Further objects of the same revision.</summary>
    public (int Number, string? Body)[] More { get; set; } = [];

    /// <summary>Makes the value over the signed bytes.</summary>
    public Func<byte[], byte[]> Make { get; set; } = Cms;

    public static TestPdfSignature Timestamp => new() { Type = "DocTimeStamp", SubFilter = "ETSI.RFC3161", Make = signed => new TestTst(SignatureScene.Tsa).Write(signed) };

    private static byte[] Cms(byte[] signed)
    {
        var cms = TestCms.By(SignatureScene.Signer);
        cms.Content = signed;
        return cms.Write();
    }
}
