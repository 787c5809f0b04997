using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Fido2;

/// <summary>The members of attestation statements that are maps: each format takes what it asks for. Other members are not looked at.</summary>
internal sealed class AttestationStatement
{
    private const int MaxCertificates = 16;

    public int Count { get; private set; }

    public long? Algorithm { get; private set; }

    public ReadOnlyMemory<byte>? Signature { get; private set; }

    /// <summary>x5c; null when it is not there, never empty.</summary>
    public IReadOnlyList<Certificate>? Certificates { get; private set; }

    public string? Version { get; private set; }

    public ReadOnlyMemory<byte>? CertInfo { get; private set; }

    public ReadOnlyMemory<byte>? PubArea { get; private set; }

    public ReadOnlyMemory<byte>? Response { get; private set; }

    /// <summary>ecdaaKeyId of Level 1, which is no longer a member of any statement.</summary>
    public bool NamesEcdaa { get; private set; }

    public static MedIdError Malformed(string section, string detail) => new(Fido2ErrorCodes.AttestationStatementMalformed, ErrorCategory.Malformed, section, detail);

    public static MedIdResult<AttestationStatement> Read(ReadOnlyMemory<byte> cbor, string section)
    {
        if (!CborReader.TryOpenWhole(cbor.Span, CborRules.Tolerant, out var reader, out var error))
        {
            return error;
        }

        if (!reader.TryReadMap(out var entries))
        {
            return Malformed(section, "attStmt is not a map");
        }

        var statement = new AttestationStatement();
        while (!entries.AtEnd)
        {
            if (!entries.TryReadText(out var name))
            {
                return Malformed(section, "a key is not text");
            }

            statement.Count++;
            if (statement.Take(name, ref entries, cbor, section) is { } refused)
            {
                return refused;
            }
        }

        return statement;
    }

    private MedIdError? Take(string name, ref CborReader entries, ReadOnlyMemory<byte> cbor, string section)
    {
        var understood = true;
        switch (name)
        {
            case "alg":
                understood = entries.TryReadInteger(out var algorithm);
                Algorithm = algorithm;
                break;
            case "sig":
                understood = AttestationCbor.TryTakeBytes(ref entries, cbor, out var signature);
                Signature = signature;
                break;
            case "ver":
                understood = entries.TryReadText(out var version);
                Version = version;
                break;
            case "certInfo":
                understood = AttestationCbor.TryTakeBytes(ref entries, cbor, out var certInfo);
                CertInfo = certInfo;
                break;
            case "pubArea":
                understood = AttestationCbor.TryTakeBytes(ref entries, cbor, out var pubArea);
                PubArea = pubArea;
                break;
            case "response":
                understood = AttestationCbor.TryTakeBytes(ref entries, cbor, out var response);
                Response = response;
                break;
            case "x5c":
                return TakeCertificates(ref entries, cbor, section);
            default:
                NamesEcdaa |= string.Equals(name, "ecdaaKeyId", StringComparison.Ordinal);
                entries.TrySkip();
                break;
        }

        return understood ? null : Malformed(section, $"{name} is not of its type");
    }

    private MedIdError? TakeCertificates(ref CborReader entries, ReadOnlyMemory<byte> cbor, string section)
    {
        if (!entries.TryReadArray(out var items) || items.AtEnd)
        {
            return Malformed(section, "x5c is not an array, or empty");
        }

        var certificates = new List<Certificate>();
        while (!items.AtEnd)
        {
            if (certificates.Count == MaxCertificates || !AttestationCbor.TryTakeBytes(ref items, cbor, out var der))
            {
                return Malformed(section, $"x5c holds something else than certificates, or more than {MaxCertificates}");
            }

            var certificate = Certificate.ParseAttestation(der!.Value);
            if (!certificate.Succeeded)
            {
                return new(Fido2ErrorCodes.AttestationCertificateUnreadable, ErrorCategory.Malformed, section, $"certificate {certificates.Count}: {certificate.Error.Code}");
            }

            certificates.Add(certificate.Value);
        }

        Certificates = certificates;
        return null;
    }
}
