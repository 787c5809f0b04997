using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;
using MedId.Signatures;

namespace MedId.Consent;

/// <summary>Signs artefacts so that anybody can verify them with the tools of the standards.</summary>
public static class ArtefactSigner
{
    /// <summary>Puts a signature into a MeitY document, beside those that are there: XAdES-B-B, enveloped, over the whole document without any signature.</summary>
    /// <param name="document">Consent, RevocationReq or ConsentLog, with or without signatures.</param>
    /// <param name="role">As what; gives the signature its identifier and is not evidence.</param>
    /// <param name="certificate">The signer's certificate.</param>
    /// <param name="signingTime">When it is signed, as the signer claims.</param>
    /// <param name="key">The signer's key.</param>
    /// <param name="cancellationToken">Stops waiting for a remote key.</param>
    /// <returns>The document with one more signature, its other bytes as they were; a refusal where it is no such document or has this role's signature.</returns>
    /// <exception cref="ArgumentException">The key is not the certificate's, or has no name in XML signatures.</exception>
    public static async ValueTask<MedIdResult<byte[]>> SignXmlAsync(
        ReadOnlyMemory<byte> document, ArtefactSignerRole role, Certificate certificate, DateTimeOffset signingTime, SigningKey key, CancellationToken cancellationToken = default)
    {
        var root = XmlMembers.Read(document, new(ArtefactFormat.MeityXml, Meity.Section), Meity.Section);
        if (!root.Succeeded)
        {
            return root.Error;
        }

        if (root.Value.NamespaceUri != Meity.Namespace)
        {
            return new MedIdError(ConsentErrorCodes.FormatUnknown, ErrorCategory.Malformed, Meity.Section, "the root element is of another namespace");
        }

        var request = new XmlSigningRequest { Certificate = certificate, SigningTime = signingTime, SignatureId = role + "Signature", ExceptSignatures = true };
        return await XmlSigner.SignAsync(document, request, key, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Signs an artefact in JSON as a compact JWS whose payload is these bytes: they travel with it and are never written again.</summary>
    /// <param name="artefact">The artefact in any of the JSON formats.</param>
    /// <param name="key">The signer's key; its identifier goes into the header.</param>
    /// <param name="cancellationToken">Stops waiting for a remote key.</param>
    /// <returns>The JWS; a refusal where the bytes are no artefact.</returns>
    /// <exception cref="ArgumentException">The key's algorithm has no JOSE name.</exception>
    public static async ValueTask<MedIdResult<string>> SignJsonAsync(ReadOnlyMemory<byte> artefact, SigningKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        var format = ConsentArtefacts.Recognise(artefact);
        if (!format.Succeeded)
        {
            return format.Error;
        }

        return format.Value == ArtefactFormat.MeityXml
            ? new MedIdError(ConsentErrorCodes.FormatUnknown, ErrorCategory.Malformed, "RFC 7515", "not JSON")
            : await JwtSigner.SignAsync(key, ArtefactVerificationPolicy.JwsType, artefact, cancellationToken).ConfigureAwait(false);
    }
}
