using System.Text.Json;
using MedId.Cryptography;

namespace MedId.Provider.Tests.Audit;

/// <summary>Entries are written in their canonical form without being read again: the order of the members is that of the source.</summary>
public class AuditFormTests
{
    public static TheoryData<string> Texts => ["plain", "診療所", "\"quoted\" \\ + < & '", "line\nline\u0001\u007f\u2028", "𠮷野家 😂"];

    [Theory]
    [MemberData(nameof(Texts))]
    public void ToBytes_AnyText_IsTheCanonicalForm(string text)
    {
        foreach (var happened in Enum.GetValues<AuditEventKind>())
        {
            var line = TrailScene.Whole(happened) with { Subject = text, Scopes = [text, "patient/Patient.read"], Purpose = text };
            var first = AuditHead.Empty(TrailScene.Tenant).Append(line);
            var second = AuditHead.After(first).Append(line);

            Assert.Equal(Canonical(first.ToBytes()), first.ToBytes());
            Assert.Equal(Canonical(second.ToBytes()), second.ToBytes());
            Assert.Equal(second, AuditEntry.Parse(second.ToBytes()).Value! with { Line = second.Line });
        }

        Assert.Equal(Canonical(TrailScene.Head.ToBytes()), TrailScene.Head.ToBytes());
    }

    private static byte[] Canonical(byte[] json) => JsonCanonicalizer.Canonicalize(JsonElement.Parse(json)).Value!;
}
