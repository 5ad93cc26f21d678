using System.Net;
using System.Net.Sockets;
using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Library;

/// <summary>An address of IPv4 or IPv6 without a zone.</summary>
internal sealed record CelIp(IPAddress Address) : ICelOpaque
{
    public CelType Type => CelTypes.Ip;

    public bool IsV4 => Address.AddressFamily == AddressFamily.InterNetwork;

    public byte[] Octets => Address.GetAddressBytes();

    /// <summary>Reads an address: four decimal parts without leading zeros, or IPv6 that is not an IPv4 in disguise.</summary>
    public static CelIp? Parse(string text)
    {
        bool v4 = !text.Contains(':');
        if (text.Length is 0 or > 64 || text.AsSpan().ContainsAny("%[]/") || (v4 && !IsDotted(text)))
        {
            return null;
        }

        return IPAddress.TryParse(text, out IPAddress? address) && !address.IsIPv4MappedToIPv6 && (address.AddressFamily == AddressFamily.InterNetwork) == v4
            ? new CelIp(address)
            : null;
    }

    public override string ToString() => Address.ToString();

    private static bool IsDotted(string text)
    {
        string[] parts = text.Split('.');
        return parts.Length == 4 && parts.All(static p => p.Length is > 0 and <= 3 && p.All(char.IsAsciiDigit) && (p.Length == 1 || p[0] != '0'));
    }
}
