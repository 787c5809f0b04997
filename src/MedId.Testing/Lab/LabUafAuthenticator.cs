using MedId.Core;
using MedId.Provider;

namespace MedId.Testing;

/// <summary>The software UAF authenticator, acting in the process of the OP by the OP's own services.</summary>
internal sealed class LabUafAuthenticator(SoftwareUafModel model, string facetId, DeviceActs acts, AccessRequests requests) : LabAuthenticator
{
    private readonly SoftwareUafAuthenticator _authenticator = new(model);

    public override async ValueTask<MedIdResult<Unit>> EnrolAsync(string ticket, CancellationToken cancellationToken)
    {
        var act = await acts.BeginEnrolmentAsync(ticket, MedIdLab.PushScheme + ":" + model.Options.Aaid, cancellationToken).ConfigureAwait(false);
        var enrolled = act.Succeeded ? await acts.CompleteAsync(_authenticator.Register(act.Value.UafRequest, facetId), ticket, cancellationToken).ConfigureAwait(false) : act.Error;
        return enrolled.Then<Unit>(_ => Unit.Value);
    }

    public override async ValueTask<MedIdResult<string>> OpenAsync(string requestId, CancellationToken cancellationToken)
    {
        var opened = await AnswerAsync(await acts.BeginOpenAsync(requestId, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return opened.Then<string>(outcome => outcome.Token!);
    }

    public override async ValueTask<MedIdResult<Unit>> ConsentAsync(string deviceToken, string requestId, IReadOnlyList<string> granted, CancellationToken cancellationToken)
    {
        var chosen = await requests.ChooseAsync(deviceToken, requestId, confirmed: true, granted, cancellationToken).ConfigureAwait(false);
        var given = await AnswerAsync(chosen, cancellationToken).ConfigureAwait(false);
        return given.Then<Unit>(_ => Unit.Value);
    }

    private async ValueTask<MedIdResult<ActOutcome>> AnswerAsync(MedIdResult<ActRequest> act, CancellationToken cancellationToken) => act.Succeeded
        ? await acts.CompleteAsync(_authenticator.Authenticate(act.Value.UafRequest, facetId), ticket: null, cancellationToken).ConfigureAwait(false)
        : act.Error;
}
