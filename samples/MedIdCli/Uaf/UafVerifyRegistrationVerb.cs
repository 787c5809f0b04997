using MedId.Cli.Frame;
using MedId.Core;
using MedId.Fido.Uaf;

namespace MedId.Cli.Uaf;

/// <summary><c>medid uaf verify-registration</c>: <see cref="UafRegistrationVerifier"/>.</summary>
internal sealed class UafVerifyRegistrationVerb() : Verb("uaf", "verify-registration", "a UAF registration response against its request (UAF protocol 3.4.6.5)")
{
    public override bool IsAboutThePresent => true;

    public override Func<Answer> Read(CallInput input, CommonInput common)
    {
        var uaf = new UafInput(input, common);
        var existing = UafRecords.Read(input, "existingRegistrations", common.At, uaf.User);
        return () => Judge(uaf, existing);
    }

    private static Answer Judge(UafInput input, IReadOnlyList<UafRegistration> existing)
    {
        var requests = RegistrationRequest.Parse(input.Request);
        var steps = new List<UafStep>();
        if (!requests.Succeeded)
        {
            return Answer(input, null, requests.Error, steps);
        }

        var response = RegistrationResponse.Parse(input.Response, input.Tolerated);
        if (!response.Succeeded)
        {
            return Answer(input, null, response.Error, steps);
        }

        var sent = UafAnswer.Sent(requests.Value, request => request.Header, response.Value.Header)!;
        var expected = new UafRegistrationExpectations
        {
            AppId = sent.Header.AppId,
            Challenge = sent.Challenge,
            ChallengeExpiresAt = DateTimeOffset.MaxValue,
            ChallengeState = input.ChallengeState,
            Policy = sent.Policy,
            TrustedFacets = input.Facets,
            Metadata = input.Metadata,
            Now = input.Common.At,
            ServerData = input.ServerData ?? sent.Header.ServerData,
            Versions = [.. requests.Value.Select(request => request.Header.Version)],
            ChannelBinding = input.ChannelBinding,
            Algorithms = input.Common.Algorithms,
            DangerouslyTolerate = input.Tolerated,
            DangerouslyAcceptOldAttestationCertificates = input.AcceptsOld,
            User = input.User ?? sent.Username,
            Existing = existing,
        };
        var outcome = new UafRegistrationVerifier().Examine(expected, response.Value, steps);
        return Answer(input, outcome, outcome.Error, steps);
    }

    private static Answer Answer(UafInput input, UafRegistrationOutcome? outcome, MedIdError? error, List<UafStep> steps) => UafAnswer.Make(
        input,
        error,
        error is null ? UafStatusCodes.Ok : UafStatusCodes.FromError(error, input.StatusMode),
        outcome?.Risks ?? UafRisks.None,
        steps,
        writer =>
        {
            writer.WriteStartArray("assertions");
            foreach (var verdict in outcome?.Verdicts ?? [])
            {
                writer.WriteStartObject();
                UafAnswer.Verdict(writer, verdict.Aaid, verdict.KeyId, verdict.Error);
                if (verdict.Registration is { } registration)
                {
                    UafRecords.Write(writer, registration);
                }
                else
                {
                    writer.WriteNull("registration");
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            UafAnswer.Used(writer, outcome?.LenienciesUsed ?? UafLeniencies.None);
        });
}
