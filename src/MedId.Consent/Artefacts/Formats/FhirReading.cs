using System.Text.Json;
using MedId.Core;

namespace MedId.Consent;

/// <summary>Reads FHIR R4 Consent. What changes the meaning of the rest and is not understood refuses the whole.</summary>
internal sealed class FhirReading(string? extensionBase)
{
    private static readonly string[] Required = ["scope", "category"];

    private readonly ArtefactReading _reading = new(ArtefactFormat.FhirR4, Fhir.Section);

    public MedIdResult<ConsentArtefact> Read(JsonElement root)
    {
        var consent = new JsonMembers(_reading, root, string.Empty);
        if (consent.Required("resourceType") is { Length: > 0 } type && type != "Consent")
        {
            return new MedIdError(ConsentErrorCodes.NotAnArtefact, ErrorCategory.Protocol, Fhir.Section, "a resource of another type");
        }

        // R4 §2.27.1, §2.26.3: a consumer that does not understand these must not process the resource.
        consent.Refuse("modifierExtension");
        consent.Refuse("implicitRules");
        var status = consent.Word("status", Fhir.Statuses);
        if (status is null)
        {
            _reading.Missing("/status");
        }

        foreach (var name in Required.Where(n => !consent.Has(n)))
        {
            _reading.Missing("/" + name);
        }

        consent.Default("scope", Fhir.DefaultScope);
        consent.Default("category", Fhir.DefaultCategory);
        var extensions = new FhirExtensions(_reading, extensionBase, consent);
        var id = ReadIdentifier(consent);
        var subject = consent.OptionalObject("patient") is { } patient ? ReadSubject(patient) : null;
        var (policy, basis, permitByDefault) = (ReadPolicy(consent), ReadLawBasis(consent, out var optIn), optIn);
        var provisions = new FhirProvisions(_reading, extensionBase);
        var root1 = consent.OptionalObject("provision");
        provisions.ReadRoot(root1);
        var artefact = new ConsentArtefact
        {
            Id = id,
            Status = status,
            Subject = subject,
            IssuedAt = Time(consent, "dateTime"),
            Proxy = ReadProxy(consent, subject),
            Provider = ReadProvider(consent),
            Notice = FhirExtensions.Notice(policy, extensions),
            AuthTime = ReadVerification(consent, subject),
            ValidFrom = provisions.From,
            ExpiresAt = provisions.Until,
            Recipient = provisions.Recipient,
            Clauses = [.. provisions.Clauses],
            Exceptions = [.. provisions.Exceptions],
            PermitByDefault = permitByDefault,
            LawBasis = basis,
            Jurisdiction = extensions.One("jurisdiction"),
            Acr = extensions.One("acr"),
            Amr = extensions.Many("amr"),
            ScopesAsked = extensions.Many("scope-asked"),
            ScopesShown = extensions.Many("scope-shown"),
            ScopesGranted = extensions.Many("scope-granted"),
        };
        extensions.End();
        consent.End();
        return _reading.Complete(() => artefact with { Aside = _reading.Aside });
    }

    private DateTimeOffset? Time(JsonMembers members, string name)
    {
        if (members.Text(name) is not { } text)
        {
            return null;
        }

        if (FhirTime.TryParse(text, out var time, out _))
        {
            return time;
        }

        _reading.Invalid(members.PlaceOf(name));
        return null;
    }

    // The consent's identifier is the first one; without any, the resource's id.
    private string ReadIdentifier(JsonMembers consent)
    {
        if (!consent.Has("identifier"))
        {
            return consent.Required("id");
        }

        var identifiers = consent.Objects("identifier");
        if (identifiers.Count == 0)
        {
            _reading.Invalid("/identifier");
            return string.Empty;
        }

        var value = identifiers[0].Required("value");
        var isUuid = identifiers[0].Text("system") is "urn:ietf:rfc:3986" && Fhir.TryUuid(value, out _);
        if (!isUuid)
        {
            identifiers[0].Leave("system");
        }

        identifiers[0].End();
        foreach (var other in identifiers.Skip(1))
        {
            other.KeepWhole("/identifier/-");
        }

        return isUuid && Fhir.TryUuid(value, out var uuid) ? uuid : value;
    }

    private static ArtefactSubject? ReadSubject(JsonMembers patient)
    {
        var party = FhirReference.Read(patient, out var system);
        return party?.Id is { } id ? new() { Id = id, Name = party.Name, Issuer = system } : null;
    }

    private static string? ReadProxy(JsonMembers consent, ArtefactSubject? subject)
    {
        var performers = consent.Objects("performer");
        string? proxy = null;
        for (var index = 0; index < performers.Count; index++)
        {
            if (index > 0)
            {
                performers[index].KeepWhole("/performer/-");
            }
            else if (FhirReference.Read(performers[0], out _) is { Id: { } id } && id != subject?.Id)
            {
                proxy = id;
            }
        }

        return proxy;
    }

    private static ArtefactParty? ReadProvider(JsonMembers consent)
    {
        var organizations = consent.Objects("organization");
        foreach (var other in organizations.Skip(1))
        {
            other.KeepWhole("/organization/-");
        }

        return organizations.Count == 0 ? null : FhirReference.Read(organizations[0], out _);
    }

    private static string? ReadPolicy(JsonMembers consent)
    {
        var policies = consent.Objects("policy");
        if (policies.Count == 0 || !policies[0].Has("uri"))
        {
            consent.Leave("policy");
            return null;
        }

        var uri = policies[0].Text("uri");
        policies[0].End();
        foreach (var other in policies.Skip(1))
        {
            other.KeepWhole("/policy/-");
        }

        return uri;
    }

    private string? ReadLawBasis(JsonMembers consent, out bool optIn)
    {
        optIn = false;
        if (consent.OptionalObject("policyRule") is not { } rule)
        {
            // ppc-1: a policy or a policyRule.
            if (!consent.Has("policy"))
            {
                _reading.Missing("/policyRule");
            }

            return null;
        }

        var bases = 0;

        foreach (var coding in rule.Objects("coding"))
        {
            if (coding.Text("system") == Fhir.ActCode && coding.Text("code") is "OPTIN" or "OPTOUT")
            {
                optIn = coding.Text("code") == "OPTIN";
                if (++bases > 1)
                {
                    _reading.Invalid("/policyRule/coding");
                }

                coding.End();
            }
            else
            {
                coding.KeepWhole("/policyRule/coding/-");
            }
        }

        var text = rule.Text("text");
        rule.End();
        return text;
    }

    private DateTimeOffset? ReadVerification(JsonMembers consent, ArtefactSubject? subject)
    {
        var verifications = consent.Objects("verification");
        DateTimeOffset? at = null;
        for (var index = 0; index < verifications.Count; index++)
        {
            var verification = verifications[index];
            if (index == 0 && verification.Flag("verified") == true && verification.Has("verificationDate"))
            {
                at = Time(verification, "verificationDate");
                if (verification.OptionalObject("verifiedWith") is { } with && (FhirReference.Read(with, out _)?.Id is not { } id || id != subject?.Id))
                {
                    verification.Leave("verifiedWith");
                }

                verification.End();
            }
            else
            {
                verification.KeepWhole("/verification/-");
            }
        }

        return at;
    }
}
