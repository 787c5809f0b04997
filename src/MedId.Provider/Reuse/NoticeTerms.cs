using MedId.Ciba.Server;
using MedId.Core;
using MedId.Heart.Fhir.Scopes;

namespace MedId.Provider;

/// <summary>What a request will be shown and recorded with, beside who and what: how often it serves, and what is said about the recipient.</summary>
internal sealed record NoticeTerms(ClientReuse Reuse, NoticeAbout? About)
{
    /// <summary>The terms of a request; refused when what is said about the recipient does not cover what is asked.</summary>
    /// <param name="store">The store, asked for the person's earlier consents.</param>
    /// <param name="options">The OP's choices.</param>
    /// <param name="request">The request.</param>
    /// <param name="account">The person.</param>
    /// <param name="scopes">The resource scopes.</param>
    /// <param name="purpose">The purpose.</param>
    /// <param name="asked">Whether the person is asked; what is decided without asking is judged anew at every access.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async ValueTask<MedIdResult<NoticeTerms>> OfAsync(
        IProviderStore store,
        ProviderOptions options,
        ValidatedBackchannelRequest request,
        Account account,
        IReadOnlyList<FhirScope> scopes,
        ConsentPurpose purpose,
        bool asked,
        DateTimeOffset at,
        CancellationToken cancellationToken)
    {
        var reuse = asked ? options.ReuseOf(request.Client, request.Parameters.Scopes) : new(ConsentReuse.EachTime, options.Access);
        var register = options.NoticeRegister;
        if (register.Current(request.Client.ClientId, at) is not { } notice)
        {
            return new NoticeTerms(reuse, About: null);
        }

        if (!notice.Purposes.Contains(purpose.Code, StringComparer.Ordinal))
        {
            return new MedIdError(ProviderErrorCodes.NoticeNotCovering, ErrorCategory.Policy, "MedId walk, step 2", "the notice about this recipient names other purposes");
        }

        if (!notice.Data.Contains("*", StringComparer.Ordinal) && scopes.Any(scope => scope.ResourceType is { } type && !notice.Data.Contains(type, StringComparer.Ordinal)))
        {
            return new MedIdError(ProviderErrorCodes.NoticeNotCovering, ErrorCategory.Policy, "MedId walk, step 2", "the notice about this recipient names other data");
        }

        IReadOnlyList<ShownChange> changes = [];
        if (register.HasVersions(request.Client.ClientId))
        {
            var given = await store.ListConsentsAsync(request.Tenant, account.Id, cancellationToken).ConfigureAwait(false);
            changes = given.FirstOrDefault(consent => string.Equals(consent.Recipient.ClientId, request.Client.ClientId, StringComparison.Ordinal)) is { } last
                ? register.Changes(request.Client.ClientId, last.Notice.RecipientVersion, account.Language, at)
                : [];
        }

        return new NoticeTerms(reuse, NoticeAbout.Of(notice, changes, account.Language));
    }
}
