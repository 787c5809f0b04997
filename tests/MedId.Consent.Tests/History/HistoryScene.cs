using System.Security.Cryptography;
using System.Text;
using MedId.Cryptography;
using MedId.Pki;
using MedId.Signatures;
using MedId.Testing;

namespace MedId.Consent.Tests;

/// <summary>A history of two consents, stamped after its fifth entry, and going on. Synthetic.</summary>
internal static class HistoryScene
{
    public static readonly DateTimeOffset Now = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly TestAuthority Authority = TestAuthority.CreateRoot(TestName.Of(("C", "JP"), ("O", "LAB"), ("CN", "LAB root of time")));
    private static readonly TestTimestampAuthority Tsa = new(Authority);

    public static TimestampPolicy Policy { get; } = new()
    {
        Services = [new() { Label = "test", Anchor = TrustAnchor.FromCertificate(Certificate.Parse(Authority.Certificate.Der).Value!), PolicyOid = Tsa.Policy }],
        Algorithms = AlgorithmPolicy.Default,
        Path = new() { Algorithms = AlgorithmPolicy.Default, Revocation = RevocationRequirement.Leaf, AcceptLaterEvidence = true },
    };

    public static ValidationEvidence Evidence { get; } = new() { Gathered = new() { Crls = [CertificateRevocationList.Parse(Authority.CreateCrl()).Value!] } };

    public static IReadOnlyList<HistoryEntry> Entries { get; } = Build(ConsentHistory.Start(),
        ("one", ConsentEventKind.Asked), ("one", ConsentEventKind.Given), ("one", ConsentEventKind.Read), ("two", ConsentEventKind.Asked), ("one", ConsentEventKind.Withdrawn),
        ("two", ConsentEventKind.Given), ("one", ConsentEventKind.Told));

    public static HistoryReceipt Receipt { get; } = Stamp(ConsentHistory.HeadAfter(Entries[4]));

    public static HistoryReceipt Stamp(HistoryHead head, TimestampFault fault = TimestampFault.None)
    {
        var request = ConsentHistory.RequestTimestamp(head);
        var response = TimestampResponse.Parse(Tsa.Respond(request.RawData.ToArray(), fault)).Value!;
        return new(head, response.Accept(request).Value?.RawData ?? Tsa.Stamp(head.ToBytes(), fault));
    }

    public static IReadOnlyList<HistoryEntry> Build(HistoryHead head, params IEnumerable<(string Consent, ConsentEventKind Kind)> events)
    {
        var entries = new List<HistoryEntry>();
        foreach (var (consent, kind) in events)
        {
            entries.Add(head.Append(new(consent, kind, Now.AddMinutes(entries.Count - 10), kind == ConsentEventKind.Read ? "rp-1" : null, Digest($"{consent} {kind}"))).Value!);
            head = ConsentHistory.HeadAfter(entries[^1]);
        }

        return entries;
    }

    public static HistoryReport Verify(IReadOnlyList<HistoryEntry> entries, HistoryReceipt? receipt) => ConsentHistory.Verify(entries, receipt, Policy, Evidence, Now.AddMinutes(1));

    public static string Digest(string text) => StrictBase64Url.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
