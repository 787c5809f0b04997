using System.Text.Json;
using System.Text.Json.Nodes;
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

    private static List<string>? ReadTransactions(CallInput input)
    {
        if (input.Raw("transactionsSent") is not { } list)
        {
            return null;
        }

        return list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(item => item.ValueKind is JsonValueKind.Object or JsonValueKind.String)
            ? [.. list.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Object
                ? item.GetRawText()
                : new JsonObject { ["contentType"] = UafTransaction.PlainText, ["content"] = item.GetString() }.ToJsonString())]
            : throw input.Type("transactionsSent", "a list of Transaction dictionaries");
    }

    private static Answer Judge(UafInput input, IReadOnlyList<UafRegistration> registrations, List<string>? sentTransactions)
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

        var transactions = sentTransactions?.ConvertAll(json => UafTransaction.Parse(json, input.Tolerated));
        if (transactions?.Find(transaction => !transaction.Succeeded) is { Error: { } unreadable })
        {
            return Answer(input, null, unreadable, steps);
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
            Transactions = transactions is null ? sent.Transactions : [.. transactions.Select(transaction => transaction.Value!)],
        };
        var outcome = new UafAuthenticationVerifier().Examine(expected, response.Value, steps);
        return Answer(input, outcome, outcome.Error, steps);
    }

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
