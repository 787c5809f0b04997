using System.Text.Json;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>What the consent takes away from what scopes and labels left. Null is: nothing.</summary>
internal static class ConsentTest
{
    /// <summary>The clauses that need no resource, asked before the store is touched: <paramref name="type"/> is null where the call names none.</summary>
    public static ConsentClause? Call(FhirTokenContext context, string? type) => context.Consent is not { } consent
        ? null
        : When(consent, context) ?? (type is null ? null : Type(context, type, whole: false)) ?? Recipient(consent, context);

    private static ConsentClause? When(ConsentLimits consent, FhirTokenContext context)
    {
        // A period that nobody can compare with the time is not kept.
        if (consent.HasPeriod && (context.At is not { } at || at < consent.ValidFrom || at >= consent.ValidUntil))
        {
            return ConsentClause.Period;
        }

        return consent.PurposeArray is { } purposes && !Holds(purposes, context.Purpose) ? ConsentClause.Purpose : null;
    }

    private static ConsentClause? Recipient(ConsentLimits consent, FhirTokenContext context) =>
        consent.RecipientArray is { } recipients && !Holds(recipients, context.ClientId) ? ConsentClause.Recipient : null;

    /// <summary>Whether the consent speaks of the type at all; <c>*</c> is every type. <paramref name="whole"/> asks for every resource of it.</summary>
    public static ConsentClause? Type(FhirTokenContext context, string type, bool whole)
    {
        if (context.Consent?.DataArray is not { } data)
        {
            return null;
        }

        foreach (var one in data)
        {
            if (string.Equals(one.ResourceType, type, StringComparison.Ordinal) && (!whole || one.ConstraintArray.Length == 0))
            {
                return null;
            }
        }

        return ConsentClause.DataClass;
    }

    /// <summary>All clauses, in their order.</summary>
    public static ConsentClause? Resource(FhirTokenContext context, FhirResourceType type, in ResourceImage image, ScopeDecisionOptions options)
    {
        if (context.Consent is not { } consent)
        {
            return null;
        }

        if (When(consent, context) is { } refused)
        {
            return refused;
        }

        if (consent.DataArray is { } data && !IsAgreed(data, type, image, options))
        {
            return ConsentClause.DataClass;
        }

        return consent.HasRange && !Holds(consent.UndatedArray, type.Name) && !IsInRange(consent, type, image)
            ? ConsentClause.DateRange
            : Recipient(consent, context);
    }

    private static bool Holds(string[] list, string? wanted)
    {
        foreach (var one in list)
        {
            if (string.Equals(one, wanted, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAgreed(ConsentDataClass[] data, FhirResourceType type, in ResourceImage image, ScopeDecisionOptions options)
    {
        foreach (var one in data)
        {
            if (string.Equals(one.ResourceType, type.Name, StringComparison.Ordinal) && MeetsAll(one, type, image, options))
            {
                return true;
            }
        }

        return false;
    }

    private static bool MeetsAll(ConsentDataClass one, FhirResourceType type, in ResourceImage image, ScopeDecisionOptions options)
    {
        foreach (var constraint in one.ConstraintArray)
        {
            if (!ImageReader.Meets(image, type, constraint, options))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsInRange(ConsentLimits consent, FhirResourceType type, in ResourceImage image)
    {
        // A Binary is of the time of what it belongs to.
        if (type.IsBinary && image.SecurityContext is { IsPresent: true } context)
        {
            return ImageReader.TypeOf(context) is { IsBinary: false } owner && IsInRange(consent, owner, context);
        }

        var interval = image.Facts is { } facts ? facts.When : image.Json.ValueKind == JsonValueKind.Object ? ClinicalDates.Read(type.Name, image.Json, consent.DateOffset) : null;
        return interval is { } when
            && (consent.DataFrom is not { } from || (when.Start is { } start && start >= from))
            && (consent.DataUntil is not { } until || (when.End is { } end && end <= until));
    }
}
