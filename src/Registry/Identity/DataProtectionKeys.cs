using System.Security.Cryptography;
using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Registry.Data;

namespace Registry.Identity;

/// <summary>The framework's key ring, shared by all instances through the database. Its interface is synchronous; it is read once a day.</summary>
public sealed class DataProtectionKeys(SignInDb db, TimeProvider clock) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. db.RunAsync(connection => connection.QueryAsync<string>("select xml from identity.data_protection_key order by created_at"))
            .GetAwaiter().GetResult().Select(XElement.Parse)];

    public void StoreElement(XElement element, string friendlyName) =>
        db.RunAsync(connection => connection.ExecuteAsync(
            "insert into identity.data_protection_key (name, xml, created_at) values (@name, @xml, @now)",
            new { name = friendlyName, xml = element.ToString(SaveOptions.DisableFormatting), now = clock.GetUtcNow() }))
            .GetAwaiter().GetResult();
}

/// <summary>AES-256-GCM under a key derived from the key file: a stolen database opens no cookie and forges no form (S-46).</summary>
public sealed class KeyRingEncryptor(Keys keys) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var sealed_ = Sealing.Seal(keys.Derive("data-protection"), plaintextElement.ToString(SaveOptions.DisableFormatting), "data-protection");
        return new EncryptedXmlInfo(new XElement("sealed", Convert.ToBase64String(sealed_)), typeof(KeyRingDecryptor));
    }
}

public sealed class KeyRingDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) => XElement.Parse(Sealing.Open(
        services.GetRequiredService<Keys>().Derive("data-protection"), Convert.FromBase64String(encryptedElement.Value), "data-protection"));
}
