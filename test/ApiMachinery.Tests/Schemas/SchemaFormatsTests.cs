using System.Text.Json.Nodes;
using FsCheck.Fluent;
using KubeFed.ApiMachinery.Schemas;

namespace KubeFed.ApiMachinery.Tests.Schemas;

[TestFixture]
internal sealed class SchemaFormatsTests
{
    [TestCase("date-time", "2020-01-02T03:04:05Z", "2020-01-02T03:04:05.123+02:00")]
    [TestCase("datetime", "2020-01-02t03:04:05z")]
    [TestCase("date", "2020-02-29")]
    [TestCase("duration", "1h30m", "1.5s", "0", "3 days", "250ms")]
    [TestCase("email", "a@b.example")]
    [TestCase("hostname", "a", "a.example", "xn--a.example")]
    [TestCase("ipv4", "10.0.0.1")]
    [TestCase("ipv6", "::1", "fe80::1")]
    [TestCase("cidr", "10.0.0.0/8", "::/0")]
    [TestCase("mac", "00:00:5e:00:53:01", "00-00-5E-00-53-01", "0000.5e00.5301")]
    [TestCase("uri", "https://a.example/b?c=d", "/path", "urn:a:b")]
    [TestCase("uuid", "013039a8-290d-4333-8c8e-a789d28330c4", "013039a8290d43338c8ea789d28330c4")]
    [TestCase("uuid4", "013039a8-290d-4333-8c8e-a789d28330c4")]
    [TestCase("byte", "aGVsbG8=")]
    [TestCase("isbn10", "0-306-40615-2")]
    [TestCase("isbn13", "978-0-306-40615-7")]
    [TestCase("isbn", "080442957X")]
    [TestCase("creditcard", "4111 1111 1111 1111")]
    [TestCase("ssn", "111-22-3333")]
    [TestCase("hexcolor", "#fff", "A0b1C2")]
    [TestCase("rgbcolor", "rgb(0, 128, 255)")]
    [TestCase("bsonobjectid", "507f1f77bcf86cd799439011")]
    [TestCase("password", "anything")]
    [TestCase("made-up", "anything")]
    public void Validate_GoodText_HasNoErrors(string format, params string[] texts)
    {
        foreach (string text in texts)
        {
            Assert.That(Errors(format, text), Is.Zero, text);
        }
    }

    [TestCase("date-time", "2020-01-02", "2020-01-02 03:04:05Z", "2020-01-02T24:04:05Z", "2020-13-02T03:04:05Z", "2020-01-02T03:04:05", "")]
    [TestCase("date", "2020-02-30", "2020-2-3")]
    [TestCase("duration", "1x", "h", "")]
    [TestCase("email", "a", "@b", "a b@c")]
    [TestCase("hostname", "a_b", "-a", "a..b", "")]
    [TestCase("ipv4", "10.0.0", "::1", "10.0.0.256", "1")]
    [TestCase("ipv6", "10.0.0.1", "fe80::1%eth0", "[::1]")]
    [TestCase("cidr", "10.0.0.0", "10.0.0.0/33", "10/8", "::/129")]
    [TestCase("mac", "00:00:5e:00:53", "x")]
    [TestCase("uri", "a b", "", "nope")]
    [TestCase("uuid", "013039a8", "")]
    [TestCase("uuid4", "013039a8-290d-3333-8c8e-a789d28330c4")]
    [TestCase("byte", "*", "aGVsbG8")]
    [TestCase("isbn", "0-306-40615-3")]
    [TestCase("creditcard", "4111 1111 1111 1112")]
    [TestCase("rgbcolor", "rgb(0, 128, 256)")]
    [TestCase("hexcolor", "#ffff")]
    public void Validate_BadText_IsRefused(string format, params string[] texts)
    {
        foreach (string text in texts)
        {
            Assert.That(Errors(format, text), Is.EqualTo(1), text);
        }
    }

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public FsCheck.Property Validate_ArbitraryText_NeverThrows() => Prop.ForAll(JsonTrees.Texts.ToArbitrary(), static text =>
    {
        foreach (string format in (string[])["date-time", "duration", "email", "hostname", "ipv6", "cidr", "mac", "uri", "uuid5", "isbn", "creditcard", "byte"])
        {
            Errors(format, text);
        }
    });

    private static int Errors(string format, string text)
    {
        StructuralSchema schema = SchemaOf.Properties($"a: {{type: string, format: {format}}}");
        return SchemaValidator.Validate(new JsonObject { ["a"] = text }, null, schema).Count;
    }
}
