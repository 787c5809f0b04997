using MedId.Core;
using MedId.Cryptography;

namespace MedId.Consent;

/// <summary>The manager: asks the person, keeps the consent, gives it to both sides, takes it back. Pure: a state and a message give the next state and what to send; it holds labels only.</summary>
public sealed class ConsentManager
{
    private readonly string _name;
    private readonly Func<string> _newId;

    /// <summary>A manager.</summary>
    /// <param name="name">Its identifier: the collector of its artefacts.</param>
    /// <param name="newId">Makes identifiers of messages: UUIDs in lower case.</param>
    public ConsentManager(string name, Func<string> newId)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(newId);
        (_name, _newId) = (name, newId);
    }

    /// <summary>Takes a request. What the person is shown is made of its terms.</summary>
    /// <param name="asked">The request, as the gateway passed it on.</param>
    /// <param name="now">The time.</param>
    /// <returns>The state; <c>consent.terms</c> where they are incomplete, contradict themselves, or are about other parties than the message.</returns>
    public MedIdResult<ManagerStep> Open(ConsentAsked asked, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(asked);
        var terms = asked.Terms;
        if (ConsentTerms.Check(terms, now) is { } problem)
        {
            return problem;
        }

        if (terms.Recipient!.Id != asked.From || terms.Collector!.Id != _name || asked.To != _name || asked.AnswerUntil <= now || !CollectorIds.IsUuid(asked.RequestId))
        {
            return Error(ConsentErrorCodes.Terms, "other parties than the message's, or no time to answer");
        }

        var state = new ManagedConsent
        {
            RequestId = asked.RequestId,
            Manager = _name,
            Person = terms.Subject!.Id,
            Consumer = asked.From,
            Provider = terms.Provider!.Id!,
            Terms = terms,
            AnswerUntil = asked.AnswerUntil,
            Step = ManagedStep.Requested,
        };
        return new ManagerStep(state, [], [new(now, "CONSENT-REQUESTED", asked.RequestId, asked.From)], new(_name, asked.RequestId, DateTimeOffset.MaxValue));
    }

    /// <summary>Takes a message about a consent.</summary>
    /// <param name="state">The consent as stored.</param>
    /// <param name="message">The message, as the gateway passed it on.</param>
    /// <param name="now">The time.</param>
    /// <returns>The next state; <c>consent.message_state</c> where the message does not fit, <c>consent.grant_wider</c> for a grant beyond the terms.</returns>
    public MedIdResult<ManagerStep> Handle(ManagedConsent state, CollectorMessage message, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return (message, state.Step) switch
        {
            (ConsentAnswered m, ManagedStep.Requested) when m.RequestId == state.RequestId && m.From == state.Person && now < state.AnswerUntil => Answer(state, m, now),
            (PauseRequested { IsResumed: false } m, ManagedStep.Granted) when IsOfPerson(state, m, m.ConsentId) && !IsOver(state, now) => Tell(state with { Step = ManagedStep.Paused }, now, "CONSENT-PAUSED"),
            (PauseRequested { IsResumed: true } m, ManagedStep.Paused) when IsOfPerson(state, m, m.ConsentId) && !IsOver(state, now) => Tell(state with { Step = ManagedStep.Granted }, now, "CONSENT-RESUMED"),
            (RevocationRequested m, ManagedStep.Granted or ManagedStep.Paused) when IsOfPerson(state, m, m.ConsentId) => new ManagerStep(
                state with { Step = ManagedStep.RevocationRequested },
                [new RevocationProcessed { Id = _newId(), At = now, From = _name, To = _name, ConsentId = state.ConsentId }],
                [new(now, "REVOCATION-REQUESTED", state.ConsentId, state.Person)]),
            (RevocationProcessed m, ManagedStep.RevocationRequested) when m.From == _name && m.ConsentId == state.ConsentId => Confirm(state, now),
            (MessageAcknowledged m, _) when m.ConsentId == state.ConsentId && state.Untold.GetValueOrDefault(m.MessageId) == m.From => Acknowledge(state, m, now),
            (TransferReported m, not (ManagedStep.Requested or ManagedStep.Denied)) when m.ConsentId == state.ConsentId && state.Artefact is not null && (m.From == state.Consumer || m.From == state.Provider) =>
                new ManagerStep(state, [], [new(now, LogName(state, m, now), state.ConsentId, m.From, m.Code ?? m.TransactionId)]),
            _ => Error(ConsentErrorCodes.MessageState, $"{message?.GetType().Name} at {state.Step}"),
        };
    }

    /// <summary>Ends what time has ended; call it at <see cref="ManagedConsent.AnswerUntil"/> and at the end of the artefact. Data stops at that moment whether it is called or not.</summary>
    /// <param name="state">The consent as stored.</param>
    /// <param name="now">The time.</param>
    /// <returns>The next state; null where time has ended nothing.</returns>
    public ManagerStep? Lapse(ManagedConsent state, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return (state.Step == ManagedStep.Requested && now >= state.AnswerUntil) || (state.Step is ManagedStep.Granted or ManagedStep.Paused && IsOver(state, now))
            ? Tell(state with { Step = ManagedStep.Expired }, now, "CONSENT-EXPIRED")
            : null;
    }

    private MedIdResult<ManagerStep> Answer(ManagedConsent state, ConsentAnswered answer, DateTimeOffset now)
    {
        if (answer.Artefact is not { } grant)
        {
            return Tell(state with { Step = ManagedStep.Denied }, now, "CONSENT-DENIED");
        }

        if (!CollectorIds.IsUuid(grant.Id) || grant.Id == state.RequestId || answer.SignatureDigest is not { Length: 43 } digest || !StrictBase64Url.IsCanonical(digest) || grant.ExpiresAt is null || grant.ExpiresAt <= now
            || ConsentTerms.Check(grant, now) is not null)
        {
            return Error(ConsentErrorCodes.Terms, "the grant has no identifier, signature or end, or contradicts itself");
        }

        if (!ConsentTerms.Cover(state.Terms, grant))
        {
            return Error(ConsentErrorCodes.GrantWider, null);
        }

        var granted = state with { Step = ManagedStep.Granted, Artefact = grant, SignatureDigest = digest };
        CollectorMessage[] messages = [.. new[] { state.Provider, state.Consumer }.Select(to => new ArtefactIssued { Id = _newId(), At = now, From = _name, To = to, Artefact = grant, SignatureDigest = digest })];
        return new ManagerStep(Await(granted, messages), messages, [new(now, "CONSENT-CREATED", grant.Id, state.Person)], new(_name, grant.Id, DateTimeOffset.MaxValue));
    }

    private ManagerStep Confirm(ManagedConsent state, DateTimeOffset now)
    {
        var step = Tell(state with { Step = ManagedStep.RevocationConfirmed }, now, "CONSENT-REVOKED");
        return step with
        {
            Outgoing = [new RevocationConfirmed { Id = _newId(), At = now, From = _name, To = state.Person, ConsentId = state.ConsentId }, .. step.Outgoing],
            Log = [.. step.Log, new(now, "REVOCATION-CONFIRMED", state.ConsentId, state.Person)],
        };
    }

    private static MedIdResult<ManagerStep> Acknowledge(ManagedConsent state, MessageAcknowledged message, DateTimeOffset now)
    {
        var untold = state.Untold.Where(u => u.Key != message.MessageId).ToDictionary(StringComparer.Ordinal);
        return new ManagerStep(
            state with { Untold = untold, Step = state.Step == ManagedStep.RevocationConfirmed && untold.Count == 0 ? ManagedStep.Revoked : state.Step },
            [],
            [new(now, "TOLD", state.ConsentId, message.From, message.MessageId)]);
    }

    /// <summary>Tells the consumer, and the provider too once it knows of the consent. What it told before counts no longer: the newest state is what has to arrive.</summary>
    private ManagerStep Tell(ManagedConsent state, DateTimeOffset now, string name)
    {
        string[] sides = state.Artefact is null ? [state.Consumer] : [state.Provider, state.Consumer];
        CollectorMessage[] messages = [.. sides.Select(to => new StatusTold { Id = _newId(), At = now, From = _name, To = to, ConsentId = state.ConsentId, Status = state.Status })];
        return new(Await(state, messages), messages, [new(now, name, state.ConsentId, state.Person)]);
    }

    private static ManagedConsent Await(ManagedConsent state, CollectorMessage[] messages) => state with { Untold = messages.ToDictionary(m => m.Id, m => m.To, StringComparer.Ordinal) };

    private static bool IsOfPerson(ManagedConsent state, CollectorMessage message, string consent) => message.From == state.Person && consent == state.ConsentId;

    private static bool IsOver(ManagedConsent state, DateTimeOffset now) => now >= state.Artefact!.ExpiresAt;

    private static string LogName(ManagedConsent state, TransferReported report, DateTimeOffset now) =>
        !report.IsSent ? "DATA-DENIED" : state.Step == ManagedStep.Granted && !IsOver(state, now) ? "DATA-SENT" : "DATA-SENT-AFTER-END";

    private static MedIdError Error(string code, string? detail) => new(code, ErrorCategory.State, "MedIdSdk consent manager", detail);
}
