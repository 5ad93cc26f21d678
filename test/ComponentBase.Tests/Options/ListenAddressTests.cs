using KubeFed.ComponentBase.Options;

namespace KubeFed.ComponentBase.Tests.Options;

[Parallelizable(ParallelScope.All)]
public class ListenAddressTests
{
    [TestCase(":8080", ":8080")]
    [TestCase(":0", ":0")]
    [TestCase("127.0.0.1:8080", "127.0.0.1:8080")]
    [TestCase("localhost:65535", "127.0.0.1:65535")]
    [TestCase("[::1]:8080", "[::1]:8080")]
    [TestCase("0", null)]
    [TestCase("", null)]
    [TestCase(null, null)]
    public void TryParse_WellFormed_IsRead(string? text, string? expected)
    {
        Assert.That(ListenAddress.TryParse(text, out var address), Is.True);
        Assert.That(address?.ToString(), Is.EqualTo(expected));
    }

    [TestCase("8080")]
    [TestCase(":")]
    [TestCase(":65536")]
    [TestCase(":-1")]
    [TestCase(":http")]
    [TestCase("::1:8080")]
    [TestCase("[127.0.0.1]:8080")]
    [TestCase("example.com:8080")]
    [TestCase("127.0.0.1")]
    public void TryParse_Malformed_IsRefused(string text) => Assert.That(ListenAddress.TryParse(text, out _), Is.False);

    [FsCheck.NUnit.Property(MaxTest = 1000)]
    public void TryParse_AnyText_DoesNotThrow(string? text)
    {
        Assert.That(() => ListenAddress.TryParse(text, out _), Throws.Nothing);
        Assert.That(() => ListenAddress.TryParse($"{text}:80", out _), Throws.Nothing);
    }
}
