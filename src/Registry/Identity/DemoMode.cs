using System.Net;

namespace Registry.Identity;

/// <summary>Demo mode lets the visitor enter as a demonstration person. It answers the machine it runs on and nobody else.</summary>
public sealed class DemoMode(bool on)
{
    public bool On => on;

    /// <summary>A connection with no remote address comes from inside the process (the tests' server).</summary>
    public bool Serves(HttpContext http) => on && (http.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address));
}
