using MedId.Core;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>Reads one scope token: HEART §2–§4, SMART v1 and v2.</summary>
internal static class ScopeReader
{
    private const int MaxTokenLength = 2048;
    private const string Conf = "conf/";
    private const string Sens = "sens/";
    private const string Btg = "btg";

    private static readonly string[] Prefixes = ["patient/", "user/", "system/"];

    private static readonly MedIdError Characters = new(ScopesErrorCodes.Malformed, ErrorCategory.Malformed, "RFC 6749 §3.3", "A scope token has characters that none may have, or is too long.");
    private static readonly MedIdError Form = new(ScopesErrorCodes.Malformed, ErrorCategory.Malformed, "SMART App Launch 2.2, scopes for requesting FHIR resources");
    private static readonly MedIdError Label = new(ScopesErrorCodes.Malformed, ErrorCategory.Malformed, "HEART FHIR scopes §3", "Not a known confidentiality or sensitivity code.");
    private static readonly MedIdError UnknownType = new(ScopesErrorCodes.TypeUnknown, ErrorCategory.Unsupported, "FHIR R4 resource list");

    public static string PrefixOf(FhirPermissionType type) => Prefixes[(int)type];

    public static MedIdResult<FhirScope> Read(string token)
    {
        if (token.Length is 0 or > MaxTokenLength || !token.All(IsScopeCharacter))
        {
            return Characters;
        }

        for (var type = 0; type < Prefixes.Length; type++)
        {
            if (token.StartsWith(Prefixes[type], StringComparison.OrdinalIgnoreCase))
            {
                return token.StartsWith(Prefixes[type], StringComparison.Ordinal) ? ReadResource(token, (FhirPermissionType)type) : Form;
            }
        }

        if (token.StartsWith(Conf, StringComparison.OrdinalIgnoreCase))
        {
            return ReadLabel(token, Conf, FhirScopeKind.Confidentiality, ConfidentialityCodes.IsActive);
        }

        if (token.StartsWith(Sens, StringComparison.OrdinalIgnoreCase))
        {
            return ReadLabel(token, Sens, FhirScopeKind.Sensitivity, SensitivityCodes.IsKnown);
        }

        if (token.Equals(Btg, StringComparison.OrdinalIgnoreCase))
        {
            return token is Btg ? new FhirScope(token, FhirScopeKind.BreakTheGlass) : Form;
        }

        return new FhirScope(token, FhirScopeKind.Other);
    }

    private static MedIdResult<FhirScope> ReadLabel(string token, string prefix, FhirScopeKind kind, Func<string, bool> isKnown)
    {
        var code = token[prefix.Length..];
        return token.StartsWith(prefix, StringComparison.Ordinal) && isKnown(code) ? new FhirScope(token, kind) { Code = code } : Label;
    }

    private static MedIdResult<FhirScope> ReadResource(string token, FhirPermissionType permissionType)
    {
        var rest = token.AsSpan(Prefixes[(int)permissionType].Length);
        var question = rest.IndexOf('?');
        var head = question < 0 ? rest : rest[..question];
        var dot = head.IndexOf('.');
        if (dot <= 0 || ScopeAccess.Read(head[(dot + 1)..]) is not { } access)
        {
            return Form;
        }

        // The name of the table, not of the token: comparing types then mostly compares one reference with itself.
        var type = head[..dot] is "*" ? "*" : FhirResourceTypes.Find(head[..dot])?.Name;
        if (type is null)
        {
            return UnknownType;
        }

        ScopeConstraint[] constraints = [];
        if (question >= 0)
        {
            if (access.Syntax == FhirScopeSyntax.ReadWrite)
            {
                return Form;
            }

            var read = ConstraintReader.Read(rest[(question + 1)..].ToString(), type);
            if (!read.Succeeded)
            {
                return read.Error;
            }

            constraints = read.Value;
        }

        return new FhirScope(token, FhirScopeKind.Resource)
        {
            PermissionType = permissionType,
            ResourceType = type,
            Permissions = access.Permissions,
            Syntax = access.Syntax,
            ConstraintArray = constraints,
        };
    }

    private static bool IsScopeCharacter(char c) => c is '\x21' or (>= '\x23' and <= '\x5b') or (>= '\x5d' and <= '\x7e');
}
