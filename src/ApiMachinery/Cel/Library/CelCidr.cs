using System.Globalization;
using System.Net;
using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Library;

/// <summary>An address and how many bits of it name the network.</summary>
internal sealed record CelCidr(CelIp Ip, int PrefixLength) : ICelOpaque
{
    public CelType Type => CelTypes.Cidr;

    public static CelCidr? Parse(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || CelIp.Parse(text[..slash]) is not { } ip)
        {
            return null;
        }

        string bits = text[(slash + 1)..];
        return bits.Length is > 0 and <= 3 && (bits.Length == 1 || bits[0] != '0')
            && int.TryParse(bits, NumberStyles.None, CultureInfo.InvariantCulture, out int length) && length <= ip.Octets.Length * 8
            ? new CelCidr(ip, length)
            : null;
    }

    public CelCidr Masked()
    {
        byte[] octets = Ip.Octets;
        for (int bit = PrefixLength; bit < octets.Length * 8; bit++)
        {
            octets[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return new CelCidr(new CelIp(new IPAddress(octets)), PrefixLength);
    }

    public bool Contains(CelIp other) => other.IsV4 == Ip.IsV4 && new CelCidr(other, PrefixLength).Masked().Ip == Masked().Ip;

    public bool Contains(CelCidr other) => other.PrefixLength >= PrefixLength && Contains(other.Ip);

    public override string ToString() => $"{Ip}/{PrefixLength}";
}
