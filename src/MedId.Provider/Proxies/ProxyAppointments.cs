using System.Text.Json;
using MedId.Core;

namespace MedId.Provider;

/// <summary>How a person names an agent: what they are shown, and what becomes of the act that signs it.</summary>
internal sealed class ProxyAppointments(IProviderStore store, ProviderOptions options)
{
    /// <summary>What stands in the signed line where a request has its client.</summary>
    public const string LineName = "proxy-appointment";

    private const string NoticeVersion = "1";

    /// <summary>The canonical notice.</summary>
    public string Notice(ProxyRelation relation, string language)
    {
        var proxy = NoticeProxy.Of(relation, options.Proxies!, language);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("version", NoticeVersion);
            json.WriteString("texts", NoticeTexts.Version);
            json.WriteString("language", language);
            json.WriteString("issuer", options.Issuer);
            json.WriteString("relation", relation.Id);
            json.WriteString("title", ProxyTexts.Get("Appoint_Title", language));
            json.WriteString("intro", ProxyTexts.Say("Appoint_Intro", language, relation.PatientName, relation.ProxyName));
            json.WriteStartObject("proxy");
            json.WriteString("patient_name", relation.PatientName);
            json.WriteString("name", relation.ProxyName);
            json.WriteString("relationship", ProxyClaim.Word(relation.Relationship));
            json.WriteString("relationship_text", proxy.RelationshipText);
            json.WriteString("legal_basis", relation.LegalBasis);
            json.WriteString("legal_basis_text", proxy.LegalBasisText);
            json.WriteEndObject();
            json.WriteStartArray("categories");
            foreach (var scope in relation.Scopes)
            {
                json.WriteStartObject();
                json.WriteString("scope", scope);
                json.WriteString("text", Heart.Fhir.Scopes.ResourceCategoryTexts.Describe(Heart.Fhir.Scopes.FhirScope.Parse(scope).Value!, language));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("purposes");
            foreach (var purpose in relation.Purposes)
            {
                json.WriteStartObject();
                json.WriteString("code", purpose);
                json.WriteString("text", NoticeTexts.FindPurpose(purpose, language) ?? purpose);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("valid_from", ConsentNotice.FormatTime(relation.ValidFrom));
            json.WriteString("valid_until", ConsentNotice.FormatTime(relation.EndsAt));
            json.WriteString("withdrawal", ProxyTexts.Get("Appoint_Withdrawal", language));
            json.WriteString("confirmation", NoticeTexts.Get("Confirmation", language));
            json.WriteString("deny", NoticeTexts.Get("Deny", language));
            json.WriteString("agree", NoticeTexts.Get("Agree", language));
            json.WriteEndObject();
        }

        return CanonicalJson.Of(buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
    }

    /// <summary>Appoints by an act that the verifier accepted: the record holds what was shown, which is what was signed.</summary>
    public async ValueTask<MedIdResult<Unit>> CompleteAsync(Ceremony ceremony, VerifiedAct act, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var relation = await store.FindProxyRelationAsync(options.Tenant, ceremony.RelationId!, cancellationToken).ConfigureAwait(false);
        var account = await store.FindAccountAsync(options.Tenant, ceremony.AccountId, cancellationToken).ConfigureAwait(false);
        if (relation is null || account is null || !string.Equals(relation.Patient, ceremony.AccountId, StringComparison.Ordinal) || options.Proxies is null)
        {
            return ProxyRules.UnknownRelation();
        }

        var notice = Notice(relation, account.Language);
        if (!string.Equals(ConsentDigest.Compute(notice, ceremony.Choice!), ceremony.Digest, StringComparison.Ordinal))
        {
            return new MedIdError(ProviderErrorCodes.ChoiceRefused, ErrorCategory.State, ProxyTransitions.Section, "the notice changed meanwhile");
        }

        if (options.AcrTable!.Decide([], act.Protocol, act.Facts) is not { } acr)
        {
            return new MedIdError(ProviderErrorCodes.AcrNotMet, ErrorCategory.Policy, ProxyTransitions.Section, "the authenticator reaches no class of this OP");
        }

        var changed = await store.ChangeProxyRelationAsync(
            new()
            {
                Tenant = options.Tenant,
                RelationId = relation.Id,
                Event = ProxyEvent.Appoint,
                Actor = LifeCycleActor.Person(Device.IdOf(act.Model, act.KeyId)),
                At = at,
                Appointment = new(
                    new() { Version = NoticeVersion, TextsVersion = NoticeTexts.Version, Language = account.Language, Notice = notice, Choice = ceremony.Choice!, Digest = ceremony.Digest! },
                    ApprovalDecision.MakeAct(act, acr, at)),
                Device = act.UseBy(ceremony.AccountId),
            },
            cancellationToken).ConfigureAwait(false);
        return changed.Then<Unit>(static _ => Unit.Value);
    }
}
