using MedId.Cli.Frame;
using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Cli.Paths;

/// <summary><c>medid ocsp request</c>: <see cref="OcspRequest.Build(Certificate, Certificate, DigestAlgorithm?, ReadOnlyMemory{byte}?)"/>.</summary>
internal sealed class OcspRequestVerb() : Verb("ocsp", "request", "a request to a responder (RFC 6960 §4.1)")
{
    public override Func<Answer> Read(CallInput input, CommonInput common)
    {
        var pki = new PkiInput(input);
        var certificate = pki.Certificate("certificate");
        var issuer = pki.Certificate("issuer");
        var hash = (input.OptionalText("hash") ?? "sha1") switch
        {
            "sha1" => DigestAlgorithm.Sha1,
            "sha256" => DigestAlgorithm.Sha256,
            _ => throw input.Value("hash", "one of sha1, sha256"),
        };
        var nonce = input.OptionalBinary("nonce");
        if (nonce is { Length: 0 or > OcspRequest.MaxNonceBytes })
        {
            throw input.Value("nonce", $"1 to {OcspRequest.MaxNonceBytes} octets");
        }

        return () =>
        {
            if ((pki.Error ?? issuer!.ReadPublicKey().Error) is { } error)
            {
                return Answer.Refused(error);
            }

            var request = OcspRequest.Build(certificate!, issuer!, hash, CallInput.Optional(nonce));
            return new() { Outcome = VerificationOutcome.Accepted, Members = writer => writer.WriteString("request", JsonWriting.Text(request.RawData.Span)) };
        };
    }
}
