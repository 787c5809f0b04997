using System.Net;
using System.Net.Sockets;
using MedId.Core;
using MedId.Pki;

namespace MedId.OAuth.Server;

/// <summary>Whom the certificate of a client has to name for <c>tls_client_auth</c> (RFC 8705 §2.1.2): one name of one kind.</summary>
internal abstract class TlsClientSubject
{
    /// <summary>Reads the registered name.</summary>
    /// <returns>The name; or what is wrong with the registration, in words for who made it.</returns>
    public static MedIdResult<TlsClientSubject> Of(ClientMetadata metadata)
    {
        string?[] all = [metadata.TlsClientAuthSubjectDn, metadata.TlsClientAuthSanDns, metadata.TlsClientAuthSanUri, metadata.TlsClientAuthSanIp, metadata.TlsClientAuthSanEmail];
        if (all.Count(one => one is not null) != 1)
        {
            return Wrong("exactly one of the tls_client_auth_* members is needed");
        }

        if (metadata.TlsClientAuthSubjectDn is { } text)
        {
            var name = DistinguishedName.ParseRfc4514(text);
            return name.Succeeded && !name.Value.IsEmpty ? new OfSubject(name.Value) : Wrong("tls_client_auth_subject_dn is no name of RFC 4514");
        }

        if (metadata.TlsClientAuthSanIp is { } address)
        {
            return AddressOf(address) is { } bytes ? new OfAlternativeName(new GeneralName.IpAddress(bytes)) : Wrong("tls_client_auth_san_ip is no IP address");
        }

        GeneralName expected = metadata.TlsClientAuthSanDns is { } host ? new GeneralName.DnsName(host)
            : metadata.TlsClientAuthSanUri is { } uri ? new GeneralName.UniformResourceIdentifier(uri)
            : new GeneralName.Rfc822Name(metadata.TlsClientAuthSanEmail!);
        return new OfAlternativeName(expected);
    }

    /// <summary>Whether a certificate names the client.</summary>
    public abstract bool Matches(Certificate certificate);

    private static MedIdError Wrong(string detail) => new(OAuthErrorCodes.ClientMetadataInconsistent, ErrorCategory.Protocol, "RFC 8705 §2.1.2", detail);

    /// <summary>An address in its usual form only: the runtime also reads <c>127.1</c> and <c>0x7f000001</c>, which nobody means.</summary>
    private static byte[]? AddressOf(string text)
    {
        if (!IPAddress.TryParse(text, out var address) || text.AsSpan().ContainsAny("%[]"))
        {
            return null;
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6 || string.Equals(address.ToString(), text, StringComparison.Ordinal) ? address.GetAddressBytes() : null;
    }

    /// <summary>
    /// The subject: the same steps in the same order, each with the same attributes, each attribute with the same type and the same characters. The type of the string does not
    /// count, because RFC 4514 does not write it; upper and lower case do, because two names that are only equivalent may be two clients.
    /// </summary>
    private sealed class OfSubject(DistinguishedName expected) : TlsClientSubject
    {
        public override bool Matches(Certificate certificate)
        {
            var (expectedSteps, actualSteps) = (expected.Rdns, certificate.Subject.Rdns);
            if (expectedSteps.Count != actualSteps.Count)
            {
                return false;
            }

            for (var i = 0; i < expectedSteps.Count; i++)
            {
                if (!IsSame(expectedSteps[i], actualSteps[i]))
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>A step is a set, whose order in DER depends on the types of the strings.</summary>
        private static bool IsSame(RelativeDistinguishedName one, RelativeDistinguishedName other)
        {
            var left = other.Attributes.ToList();
            return one.Attributes.Count == left.Count && one.Attributes.All(attribute => left.FindIndex(it => IsSame(attribute, it)) is >= 0 and var at && Take(left, at));
        }

        private static bool Take(List<NameAttribute> left, int at)
        {
            left.RemoveAt(at);
            return true;
        }

        private static bool IsSame(NameAttribute one, NameAttribute other) => string.Equals(one.Oid, other.Oid, StringComparison.Ordinal)
            && (one.Text is { } text ? string.Equals(text, other.Text, StringComparison.Ordinal) : one.RawValue.Span.SequenceEqual(other.RawValue.Span));
    }

    /// <summary>One entry of the alternative names: hosts without regard to case (RFC 4343), addresses by their bytes, URIs and mail exactly. No wildcard means more than itself.</summary>
    private sealed class OfAlternativeName(GeneralName expected) : TlsClientSubject
    {
        public override bool Matches(Certificate certificate) => certificate.Extensions.SubjectAlternativeName is { } names && names.Contains(expected);
    }
}
