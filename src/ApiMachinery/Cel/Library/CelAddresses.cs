using KubeFed.ApiMachinery.Cel.Checking;
using KubeFed.ApiMachinery.Cel.Evaluation;
using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Library;

/// <summary>Addresses and networks, as <c>cidr('10.0.0.0/8').containsIP('10.1.2.3')</c>.</summary>
internal static class CelAddresses
{
    public static void Register(CelLibrary library)
    {
        library.CostedFunction("ip", static (f, a) => CelStrings.Traversed(f, a[0], ParseIp(a[0].AsString)), "string -> ip");
        library.CostedFunction("isIP", static (f, a) => CelStrings.Traversed(f, a[0], CelValue.Bool(CelIp.Parse(a[0].AsString) is not null)), "string -> bool");
        library.CostedFunction("ip.isCanonical", IsCanonical, "string -> bool");
        library.Function("string", static (_, a) => CelValue.String(a[0].ToString()), "ip -> string", "cidr -> string");
        library.Method("family", static (_, a) => CelValue.Int(Ip(a[0]).IsV4 ? 4 : 6), "ip -> int");
        library.Method("isUnspecified", static (_, a) => CelValue.Bool(Array.TrueForAll(Ip(a[0]).Octets, static o => o == 0)), "ip -> bool");
        library.Method("isLoopback", static (_, a) => CelValue.Bool(System.Net.IPAddress.IsLoopback(Ip(a[0]).Address)), "ip -> bool");
        library.Method("isLinkLocalMulticast", static (_, a) => CelValue.Bool(IsLinkLocalMulticast(Ip(a[0]))), "ip -> bool");
        library.Method("isLinkLocalUnicast", static (_, a) => CelValue.Bool(IsLinkLocalUnicast(Ip(a[0]))), "ip -> bool");
        library.Method("isGlobalUnicast", static (_, a) => CelValue.Bool(IsGlobalUnicast(Ip(a[0]))), "ip -> bool");
        library.CostedFunction("cidr", static (f, a) => CelStrings.Traversed(f, a[0], ParseCidr(a[0].AsString)), "string -> cidr");
        library.CostedFunction("isCIDR", static (f, a) => CelStrings.Traversed(f, a[0], CelValue.Bool(CelCidr.Parse(a[0].AsString) is not null)), "string -> bool");
        library.Method("containsIP", ContainsIp, "cidr, ip -> bool", "cidr, string -> bool");
        library.Method("containsCIDR", ContainsCidr, "cidr, cidr -> bool", "cidr, string -> bool");
        library.Method("ip", static (_, a) => CelValue.Opaque(Cidr(a[0]).Ip), "cidr -> ip");
        library.Method("masked", static (_, a) => CelValue.Opaque(Cidr(a[0]).Masked()), "cidr -> cidr");
        library.Method("prefixLength", static (_, a) => CelValue.Int(Cidr(a[0]).PrefixLength), "cidr -> int");
    }

    private static CelIp Ip(in CelValue value) => (CelIp)value.AsOpaque;

    private static CelCidr Cidr(in CelValue value) => (CelCidr)value.AsOpaque;

    private static CelValue ParseIp(string text) => CelIp.Parse(text) is { } ip
        ? CelValue.Opaque(ip)
        : CelValue.Error($"IP Address {Validation.GoQuote.Quote(text)} parse error during conversion from string: unable to parse IP");

    private static CelValue ParseCidr(string text) => CelCidr.Parse(text) is { } cidr
        ? CelValue.Opaque(cidr)
        : CelValue.Error($"network address parse error during conversion from string: netip.ParsePrefix({Validation.GoQuote.Quote(text)}): unable to parse IP");

    private static CelValue IsCanonical(CelFrame frame, ReadOnlySpan<CelValue> a)
    {
        frame.ChargeTraversal(a[0].AsString.Length);
        CelValue parsed = ParseIp(a[0].AsString);
        return parsed.IsError ? parsed : CelValue.Bool(parsed.ToString() == a[0].AsString);
    }

    private static CelValue ContainsIp(CelFrame frame, ReadOnlySpan<CelValue> a)
    {
        CelValue other = a[1].Kind == CelKind.String ? ParseIp(a[1].AsString) : a[1];
        return other.IsError ? other : CelValue.Bool(Cidr(a[0]).Contains(Ip(other)));
    }

    private static CelValue ContainsCidr(CelFrame frame, ReadOnlySpan<CelValue> a)
    {
        CelValue other = a[1].Kind == CelKind.String ? ParseCidr(a[1].AsString) : a[1];
        return other.IsError ? other : CelValue.Bool(Cidr(a[0]).Contains(Cidr(other)));
    }

    private static bool IsLinkLocalMulticast(CelIp ip) => ip.IsV4
        ? ip.Octets is [224, 0, 0, _]
        : ip.Octets is [0xff, var scope, ..] && (scope & 0x0f) == 2;

    private static bool IsLinkLocalUnicast(CelIp ip) => ip.IsV4 ? ip.Octets is [169, 254, ..] : ip.Address.IsIPv6LinkLocal;

    private static bool IsGlobalUnicast(CelIp ip) =>
        !System.Net.IPAddress.IsLoopback(ip.Address)
        && !IsLinkLocalUnicast(ip)
        && !Array.TrueForAll(ip.Octets, static o => o == 0)
        && !(ip.IsV4 ? ip.Octets[0] is >= 224 and < 240 || ip.Octets is [255, 255, 255, 255] : ip.Octets[0] == 0xff);
}
