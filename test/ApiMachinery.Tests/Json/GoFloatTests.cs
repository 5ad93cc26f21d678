using System.Globalization;
using KubeFed.ApiMachinery.Json;

namespace KubeFed.ApiMachinery.Tests.Json;

[TestFixture]
public sealed class GoFloatTests
{
    [TestCase(1d, "1")]
    [TestCase(0d, "0")]
    [TestCase(100d, "100")]
    [TestCase(1.5, "1.5")]
    [TestCase(-12.25, "-12.25")]
    [TestCase(1e20, "100000000000000000000")]
    [TestCase(1e21, "1e+21")]
    [TestCase(1.25e-6, "0.00000125")]
    [TestCase(9.5e-7, "9.5e-7")]
    [TestCase(1e-10, "1e-10")]
    [TestCase(9.9999999999999999e22, "1e+23")]
    [TestCase(double.MaxValue, "1.7976931348623157e+308")]
    [TestCase(double.Epsilon, "5e-324")]
    [TestCase(-0d, "-0")]
    [TestCase(double.NegativeInfinity, "-Inf")]
    public void FormatJson_Number_IsAsEncodingJsonWritesIt(double value, string expected) =>
        Assert.That(GoFloat.FormatJson(value), Is.EqualTo(expected));

    [TestCase(0d, "0")]
    [TestCase(-0d, "-0")]
    [TestCase(100000d, "100000")]
    [TestCase(999999.5, "999999.5")]
    [TestCase(1e6, "1e+06")]
    [TestCase(-1234567.5, "-1.2345675e+06")]
    [TestCase(0.0001, "0.0001")]
    [TestCase(0.00001, "1e-05")]
    [TestCase(1e23, "1e+23")]
    [TestCase(1e-300, "1e-300")]
    [TestCase(double.NaN, "NaN")]
    [TestCase(double.PositiveInfinity, "+Inf")]
    public void FormatGeneral_Number_IsAsStrconvWritesIt(double value, string expected) =>
        Assert.That(GoFloat.FormatGeneral(value), Is.EqualTo(expected));

    [TestCase(0.1f, "0.1")]
    [TestCase(1e10f, "1e+10")]
    [TestCase(float.MaxValue, "3.4028235e+38")]
    public void FormatGeneral_SinglePrecision_HasItsOwnShortestDigits(float value, string expected) =>
        Assert.That(GoFloat.FormatGeneral(value), Is.EqualTo(expected));

    [FsCheck.NUnit.Property]
    public bool AnyForm_ReadsBackTheSame(FsCheck.NormalFloat value) =>
        new[] { GoFloat.FormatJson(value.Get), GoFloat.FormatGeneral(value.Get) }
            .All(text => double.Parse(text, CultureInfo.InvariantCulture).Equals(value.Get));
}
