using System.Text;
using MedId.Core;

namespace MedId.Fido.Uaf;

/// <summary>What the client bound into the signature beside the key: <c>FinalChallengeParams</c>. UAF 1.1 protocol §3.1.</summary>
/// <remarks>The authenticator signs the hash of the base64url text as it stands in <c>fcParams</c>, so that text is kept as received.</remarks>
public sealed record FinalChallengeParams
{
    /// <summary>The text of <c>fcParams</c> as received.</summary>
    public required string Encoded { get; init; }

    /// <summary><c>appID</c>, 1 to 512 characters.</summary>
    public required string AppId { get; init; }

    /// <summary><c>challenge</c>: base64url of 8 to 64 bytes.</summary>
    public required string Challenge { get; init; }

    /// <summary><c>facetID</c>: the app that asked, 1 to 512 characters.</summary>
    public required string FacetId { get; init; }

    /// <summary><c>channelBinding</c>.</summary>
    public required ChannelBinding ChannelBinding { get; init; }

    internal static MedIdResult<FinalChallengeParams> Parse(string encoded, string section, Tolerance? tolerance = null)
    {
        if (!UafBase64Url.TryDecode(UafBase64Url.Unpad(encoded, tolerance ?? Tolerance.Strict), 1, UafLimits.FinalChallengeParamsCharacters, out var json))
        {
            return new MedIdError(UafErrorCodes.Encoding, ErrorCategory.Malformed, section, "fcParams: not strict base64url, or outside the length limits");
        }

        if (UafJson.TryParse(json) is not { } document)
        {
            return new MedIdError(UafErrorCodes.FinalChallengeParamsMalformed, ErrorCategory.Malformed, section, "fcParams: not a JSON text");
        }

        var problems = new UafJsonProblems();
        var members = new UafJsonObject(document, "fcParams", problems);
        var binding = members.Object("channelBinding");
        var parsed = new FinalChallengeParams
        {
            Encoded = encoded,
            AppId = members.Text("appID", 1, UafLimits.AppId),
            Challenge = members.Text("challenge", 1, 86),
            FacetId = members.Text("facetID", 1, UafLimits.FacetId),
            ChannelBinding = ChannelBinding.Read(binding),
        };
        if (problems.First is null && !UafBase64Url.TryDecode(parsed.Challenge, UafLimits.ChallengeMinimumBytes, UafLimits.ChallengeMaximumBytes, out _))
        {
            problems.Add("challenge", "not base64url of 8 to 64 bytes");
        }

        return problems.First is null ? parsed : problems.ToError(UafErrorCodes.FinalChallengeParamsMalformed, section);
    }

    /// <summary>The bytes whose hash is signed: the ASCII of the text as received, never a re-serialisation.</summary>
    internal int GetSignedBytes(Span<byte> destination) => Encoding.ASCII.GetBytes(Encoded, destination);
}
