using MedId.OAuth;
using Microsoft.AspNetCore.Http;

namespace MedId.AspNetCore.Provider;

/// <summary>Finds the certificate that a client showed: on the connection, or to the proxy in front.</summary>
public interface IClientCertificateSource
{
    /// <summary>Finds the certificate of a request whose body was read.</summary>
    /// <param name="http">The request.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The certificate, none, or why the request is refused.</returns>
    ValueTask<ClientCertificateReading> ReadAsync(HttpContext http, CancellationToken cancellationToken = default);
}
