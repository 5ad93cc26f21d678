using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using KubeFed.ApiMachinery.Quantities;

namespace KubeFed.ApiMachinery.Tests.Quantities;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class QuantityTests
{
    [TestCase("0", "0")]
    [TestCase("-0.0", "0")]
    [TestCase("1", "1")]
    [TestCase("+1", "1")]
    [TestCase("1000m", "1")]
    [TestCase("1500m", "1500m")]
    [TestCase("1.5", "1500m")]
    [TestCase(".5", "500m")]
    [TestCase("5.", "5")]
    [TestCase("0.0001", "100u")]
    [TestCase("1n", "1n")]
    [TestCase("0.1n", "1n")]
    [TestCase("-0.1n", "-1n")]
    [TestCase("1k", "1k")]
    [TestCase("1000k", "1M")]
    [TestCase("1200", "1200")]
    [TestCase("12000", "12k")]
    [TestCase("1E", "1E")]
    [TestCase("1e3", "1e3")]
    [TestCase("1E3", "1e3")]
    [TestCase("10e3", "10e3")]
    [TestCase("1e4", "10e3")]
    [TestCase("1.5e3", "1500")]
    [TestCase("1e-3", "1e-3")]
    [TestCase("1Ki", "1Ki")]
    [TestCase("1024Ki", "1Mi")]
    [TestCase("0.5Gi", "512Mi")]
    [TestCase("1.5Ki", "1536")]
    [TestCase("0.5Ki", "512")]
    [TestCase("1.3Ki", "1331200m")]
    [TestCase("-1Gi", "-1Gi")]
    [TestCase("9223372036854775807", "9223372036854775807")]
    [TestCase("100E", "9223372036854775807")]
    [TestCase("8Ei", "9223372036854775807")]
    [TestCase("1e999999", "9223372036854775807e0")]
    [TestCase("1e-999999", "1e-9")]
    public void Parse_Quantity_PrintsCanonically(string text, string canonical)
    {
        string expected = canonical.EndsWith("e0", StringComparison.Ordinal) ? canonical[..^2] : canonical;

        Assert.That(Quantity.Parse(text).ToString(), Is.EqualTo(expected));
    }

    [TestCase("", "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'")]
    [TestCase("1 Gi", "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'")]
    [TestCase("1.2.3", "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'")]
    [TestCase("1x", "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'")]
    [TestCase("1\u0661", "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'")]
    [TestCase("Gi", "unable to parse numeric part of quantity")]
    [TestCase(".", "unable to parse numeric part of quantity")]
    [TestCase("-", "unable to parse numeric part of quantity")]
    [TestCase("1Kim", "unable to parse quantity's suffix")]
    [TestCase("1K", "unable to parse quantity's suffix")]
    [TestCase("1e", "unable to parse quantity's suffix")]
    [TestCase("1m5", "unable to parse quantity's suffix")]
    [TestCase("1e99999999999", "unable to parse quantity's suffix")]
    public void Parse_Malformed_GivesKubernetesMessage(string text, string message)
    {
        Assert.That(() => Quantity.Parse(text), Throws.TypeOf<FormatException>().With.Message.EqualTo(message));
    }

    [TestCase("1", "1000m", 0)]
    [TestCase("1Ki", "1024", 0)]
    [TestCase("1k", "1Ki", -1)]
    [TestCase("-1", "1n", -1)]
    [TestCase("1e3", "999", 1)]
    public void CompareTo_ByValue(string a, string b, int order)
    {
        Quantity x = Quantity.Parse(a), y = Quantity.Parse(b);

        Assert.That(x.CompareTo(y), Is.EqualTo(order));
        Assert.That(x == y, Is.EqualTo(order == 0));
        Assert.That(x < y, Is.EqualTo(order < 0));
        Assert.That(x >= y, Is.EqualTo(order >= 0));
    }

    [TestCase("1500m", 2, 1500)]
    [TestCase("-1500m", -2, -1500)]
    [TestCase("1u", 1, 1)]
    [TestCase("1Ki", 1024, 1024000)]
    [TestCase("8Ei", long.MaxValue, long.MaxValue)]
    public void Value_RoundsAwayFromZeroAndClamps(string text, long units, long millis)
    {
        Quantity quantity = Quantity.Parse(text);

        Assert.That(quantity.Value, Is.EqualTo(units));
        Assert.That(quantity.MilliValue, Is.EqualTo(millis));
    }

    [TestCase("1Gi", "512Mi", "1536Mi", "512Mi")]
    [TestCase("0", "1Ki", "1Ki", "-1Ki")]
    [TestCase("1", "1m", "1001m", "999m")]
    public void AddAndSubtract_KeepTheFirstsFormat(string a, string b, string sum, string difference)
    {
        Assert.That((Quantity.Parse(a) + Quantity.Parse(b)).ToString(), Is.EqualTo(sum));
        Assert.That((Quantity.Parse(a) - Quantity.Parse(b)).ToString(), Is.EqualTo(difference));
    }

    [TestCase("\"1Gi\"", "\"1Gi\"")]
    [TestCase("\" 100m \"", "\"100m\"")]
    [TestCase("2", "\"2\"")]
    [TestCase("1.5", "\"1500m\"")]
    [TestCase("1e3", "\"1e3\"")]
    public void Json_StringOrNumber_IsRead(string json, string written)
    {
        Quantity quantity = Read(json);

        Assert.That("\"" + quantity + "\"", Is.EqualTo(written));
    }

    [TestCase("true")]
    [TestCase("\"x\"")]
    [TestCase("{}")]
    public void Json_Other_IsRefused(string json)
    {
        Assert.That(() => Read(json), Throws.TypeOf<JsonException>());
    }

    [Test]
    public void Parse_AnyNumberAndSuffix_RoundTripsThroughItsText()
    {
        Gen<string> texts = from whole in ArbMap.Default.GeneratorFor<long>()
                            from fraction in ArbMap.Default.GeneratorFor<PositiveInt>()
                            from suffix in Gen.Elements("", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei", "e3", "E-3", "e0")
                            select whole.ToString(CultureInfo.InvariantCulture) + "." + fraction.Get.ToString(CultureInfo.InvariantCulture) + suffix;
        Prop.ForAll(texts.ToArbitrary(), static text =>
        {
            Quantity quantity = Quantity.Parse(text);
            Quantity again = Quantity.Parse(quantity.ToString());
            return again == quantity && again.ToString() == quantity.ToString();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Test]
    public void Add_AnyQuantities_IsExactAndUndoneBySubtract()
    {
        Prop.ForAll<int, int>(static (a, b) =>
        {
            Quantity x = Quantity.FromMillis(a), y = Quantity.FromUnits(b, QuantityFormat.BinarySI);
            return (x + y) - y == x && x + y == y + x && (x + y).MilliValue == a + (b * 1000L);
        }).QuickCheckThrowOnFailure();
    }

    [Test]
    public void Parse_AnyText_ReturnsOrGivesReason()
    {
        Gen<string> fragments = Gen.Elements("1", "0", ".", "-", "+", "e", "E", "K", "i", "m", "n", "999999999999999999999", " ", "x", "\0");
        Prop.ForAll(fragments.ListOf().Select(string.Concat).ToArbitrary(), static text =>
            Quantity.TryParse(text, out Quantity quantity, out string reason) ? quantity.ToString().Length > 0 : reason.Length > 0)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    private static Quantity Read(string json)
    {
        var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(json));
        reader.Read();
        return new QuantityJsonConverter().Read(ref reader, typeof(Quantity), JsonSerializerOptions.Default);
    }
}
