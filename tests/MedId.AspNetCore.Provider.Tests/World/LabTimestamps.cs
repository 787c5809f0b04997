using MedId.Consent;
using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;
using MedId.Provider;
using MedId.Signatures;
using MedId.Testing;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>A laboratory's time-stamping service, and what a patient needs to judge its stamps. Synthetic.</summary>
internal sealed class LabTimestamps : IHistoryTimestamps
{
    private static readonly DateTimeOffset Stamped = OpWorld.Start.AddMinutes(30);

    private static readonly TestAuthority Authority = TestAuthority.CreateRoot(TestName.Of(("C", "JP"), ("O", "LAB"), ("CN", "LAB root of time")), new() { Now = Stamped });
    private static readonly TestTimestampAuthority Tsa = new(Authority);

    private static readonly TestTimestampAuthority Stranger = new(TestAuthority.CreateRoot(TestName.Of(("C", "JP"), ("O", "Somebody"), ("CN", "LAB root of time")), new() { Now = Stamped }));

    public static readonly TimestampPolicy Policy = new()
    {
        Services = [new() { Label = "test", Anchor = TrustAnchor.FromCertificate(Certificate.Parse(Authority.Certificate.Der).Value!), PolicyOid = Tsa.Policy }],
        Algorithms = AlgorithmPolicy.Default,
        Path = new() { Algorithms = AlgorithmPolicy.Default, Revocation = RevocationRequirement.Leaf, AcceptLaterEvidence = true },
    };

    private static readonly ValidationEvidence Evidence = new() { Gathered = new() { Crls = [CertificateRevocationList.Parse(Authority.CreateCrl()).Value!] } };

    /// <summary>Nobody answers.</summary>
    public bool IsDown { get; set; }

    /// <summary>It answers that it does not.</summary>
    public bool Rejects { get; set; }

    /// <summary>It stamps something else than what was asked.</summary>
    public bool StampsAnother { get; set; }

    /// <summary>Somebody on the way answers in its place.</summary>
    public bool IsAStranger { get; set; }

    public int Asked { get; private set; }

    public ValueTask<MedIdResult<TimestampToken>> StampAsync(TimestampRequest request, CancellationToken cancellationToken = default)
    {
        Asked++;
        if (StampsAnother)
        {
            request = TimestampRequest.Create("something else"u8);
        }

        return IsDown
            ? throw new HttpRequestException("no such service")
            : new(TimestampResponse.Parse((IsAStranger ? Stranger : Tsa).Respond(request.RawData.ToArray(), Rejects ? TimestampFault.Rejection : TimestampFault.None)).Then(response => response.Accept(request)));
    }

    /// <summary>As the patient judges what the OP gives out now by the receipt held.</summary>
    public static HistoryReport Judge(IReadOnlyList<HistoryEntry> entries, HistoryReceipt? receipt) =>
        MedId.Consent.ConsentHistory.Verify(entries, receipt, Policy, Evidence, Stamped.AddMinutes(1));
}
