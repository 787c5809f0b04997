using System.Security.Cryptography;
using MedId.Cryptography;
using MedId.Testing;

namespace MedId.Signatures.Tests;

/// <summary>A key that lives elsewhere: it is given a DigestInfo and pads it, as a card does, and takes its time.</summary>
internal sealed class CardSigningKey(TestKey card) : SigningKey
{
    private static readonly byte[] Sha256DigestInfo = Convert.FromHexString("3031300D060960864801650304020105000420");

    public override string KeyId => "card";

    public override SignatureAlgorithm Algorithm => SignatureAlgorithm.RS256;

    public override PublicKey PublicKey { get; } = PublicKey.FromSubjectPublicKeyInfo(card.SubjectPublicKeyInfo).Value!;

    public bool IsBroken { get; set; }

    public override async ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        return card.SignBlock([.. Sha256DigestInfo, .. SHA256.HashData(IsBroken ? [] : data.Span)]);
    }
}
