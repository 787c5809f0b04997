using MedId.Cli.Frame;
using MedId.Core;
using MedId.Fido.Uaf;

namespace MedId.Cli.Uaf;

/// <summary><c>medid uaf verify-authentication</c>: <see cref="UafAuthenticationVerifier"/>.</summary>
internal sealed class UafVerifyAuthenticationVerb() : Verb("uaf", "verify-authentication", "a UAF authentication response, with its transaction, against its request (UAF protocol 3.5.7.5)")
{
    public override bool IsAboutThePresent => true;

    public override Func<Answer> Read(CallInput input, CommonInput common)
    {
        var uaf = new UafInput(input, common);
        _ = input.Raw("registrations") ?? throw input.Missing("registrations");
        var registrations = UafRecords.Read(input, "registrations", common.At, uaf.User);
        _ = UafRecords.Read(input, "existingRegistrations", common.At, uaf.User);
        var transactions = ReadTransactions(input);
        return () => Judge(uaf, registrations, transactions);
    }

    private static List<(string Type, byte[] Content)>? ReadTransactions(CallInput input) => input.OptionalMixed("transactionsSent")?.Select(item =>
    {
        if (item.Object is not { } given)
        {
            return (UafTransaction.PlainText, input.Binary(item.Text!, "transactionsSent"));
        }

        _ = given.Raw("tcDisplayPNGCharacteristics");
        return (given.Choice("contentType", (UafTransaction.PlainText, false), (UafTransaction.PngImage, true)) ? UafTransaction.PngImage : UafTransaction.PlainText, given.Binary("content"));
    }).ToList();

    private static Answer Judge(UafInput input, IReadOnlyList<UafRegistration> registrations, IReadOnlyList<(string Type, byte[] Content)>? sentTransactions)
    {
        var requests = AuthenticationRequest.Parse(input.Request, input.Tolerated);
        var steps = new List<UafStep>();
        if (!requests.Succeeded)
        {
            return Answer(input, null, requests.Error, steps);
        }

        var response = AuthenticationResponse.Parse(input.Response, input.Tolerated);
        if (!response.Succeeded)
        {
            return Answer(input, null, response.Error, steps);
        }

        var sent = UafAnswer.Sent(requests.Value, request => request.Header, response.Value.Header)!;
        var expected = new UafAuthenticationExpectations
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
            User = input.User,
            Registrations = registrations,
            Transactions = sentTransactions is null ? sent.Transactions : [.. sentTransactions.Select(UafTransactionOf)],
        };
        var outcome = new UafAuthenticationVerifier().Examine(expected, response.Value, steps);
        return Answer(input, outcome, outcome.Error, steps);
    }

    private static UafTransaction UafTransactionOf((string Type, byte[] Content) sent) =>
        sent.Type == UafTransaction.PngImage ? UafTransaction.FromPng(sent.Content) : UafTransaction.DangerouslyFromUtf8Text(System.Text.Encoding.UTF8.GetString(sent.Content));

    private static Answer Answer(UafInput input, UafAuthenticationOutcome? outcome, MedIdError? error, List<UafStep> steps) => UafAnswer.Make(
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
                if (verdict.Authentication is { } authentication)
                {
                    writer.WriteString("user", authentication.User);
                    writer.WriteNumber("signCounter", authentication.SignCounter);
                    writer.WriteNumber("authenticatorVersion", authentication.AuthenticatorVersion);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            var confirmed = outcome?.Authentications.FirstOrDefault(authentication => authentication.TransactionConfirmed)?.ConfirmedTransaction;
            writer.WriteBoolean("transactionConfirmed", confirmed is not null);
            writer.WriteString("confirmedContent", confirmed is null ? null : JsonWriting.Text(confirmed.Content.Span));
            writer.WriteBoolean("cloneSuspected", outcome?.CloneSuspected ?? false);
            UafAnswer.Used(writer, outcome?.LenienciesUsed ?? UafLeniencies.None);
        });
}
