using MedId.Core;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>Reads one scope token: HEART §2–§4, SMART v1 and v2.</summary>
internal static class ScopeReader
{
    private const int MaxTokenLength = 2048;
    private const string Conf = "conf/";
    private const string Sens = "sens/";
    private const string Btg = "btg";
    private const string LaunchWord = "launch";

    /// <summary>SMART App Launch 2.2, scopes: what a server puts before a scope that has to be a URI. HEART scopes have no such form.</summary>
    private const string UriForm = "http://smarthealthit.org/fhir/scopes/";

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

        if (token.StartsWith(UriForm, StringComparison.OrdinalIgnoreCase))
        {
            return token.StartsWith(UriForm, StringComparison.Ordinal) ? ReadSmart(token, token[UriForm.Length..]) ?? new FhirScope(token, FhirScopeKind.Other) : Form;
        }

        if (ReadSmart(token, token) is { } smart)
        {
            return smart;
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

    /// <summary>A scope of resources or of the launch context; null when it is neither.</summary>
    private static MedIdResult<FhirScope>? ReadSmart(string token, string scope)
    {
        for (var type = 0; type < Prefixes.Length; type++)
        {
            if (scope.StartsWith(Prefixes[type], StringComparison.OrdinalIgnoreCase))
            {
                return scope.StartsWith(Prefixes[type], StringComparison.Ordinal) ? ReadResource(token, scope, (FhirPermissionType)type) : Form;
            }
        }

        if (!scope.StartsWith(LaunchWord, StringComparison.OrdinalIgnoreCase) || (scope.Length > LaunchWord.Length && scope[LaunchWord.Length] is not ('/' or '?')))
        {
            return null;
        }

        return scope.StartsWith(LaunchWord, StringComparison.Ordinal) ? ReadLaunch(token, scope[LaunchWord.Length..]) : Form;
    }

    /// <summary>SMART App Launch 2.2, launch context: nothing, or a type in lower case and at most one role.</summary>
    private static MedIdResult<FhirScope> ReadLaunch(string token, string rest)
    {
        if (rest.Length == 0)
        {
            return new FhirScope(token, FhirScopeKind.Other) { Launch = new(null, null) };
        }

        var question = rest.IndexOf('?', StringComparison.Ordinal);
        var name = question < 0 ? rest : rest[..question];
        if (name.Length < 2 || name[0] != '/')
        {
            return Form;
        }

        if (FhirResourceTypes.FindLowerCase(name[1..]) is not { } type)
        {
            return UnknownType;
        }

        string? role = null;
        if (question >= 0)
        {
            const string roleIs = "role=";
            var query = rest.AsSpan(question + 1);
            if (!query.StartsWith(roleIs) || query[roleIs.Length..] is not { IsEmpty: false } value || value.ContainsAny('&', '=', '#')
                || !PercentText.TryDecode(value, plusIsSpace: false, out role) || role.Any(char.IsControl))
            {
                return Form;
            }
        }

        return new FhirScope(token, FhirScopeKind.Other) { Launch = new(type.Name, role) };
    }

    private static MedIdResult<FhirScope> ReadLabel(string token, string prefix, FhirScopeKind kind, Func<string, bool> isKnown)
    {
        var code = token[prefix.Length..];
        return token.StartsWith(prefix, StringComparison.Ordinal) && isKnown(code) ? new FhirScope(token, kind) { Code = code } : Label;
    }

    private static MedIdResult<FhirScope> ReadResource(string token, string scope, FhirPermissionType permissionType)
    {
        var rest = scope.AsSpan(Prefixes[(int)permissionType].Length);
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
