FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source

# The lists of packages first: as long as they stay, so does this layer.
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig ./
COPY src/Registry/Registry.csproj src/Registry/packages.lock.json src/Registry/
RUN dotnet restore src/Registry --locked-mode

COPY migrations/ migrations/
COPY templates/ templates/
COPY src/ src/
RUN dotnet publish src/Registry --configuration Release --no-restore --output /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app ./
COPY LICENSE ./

# Anchors of the history are written here; everything else the program keeps is in PostgreSQL.
RUN mkdir -p /var/lib/registre && chown "$APP_UID" /var/lib/registre
VOLUME /var/lib/registre
ENV ASPNETCORE_HTTP_PORTS=8080 \
    REGISTRY_ANCHOR_FILE=/var/lib/registre/anchors \
    DOTNET_EnableDiagnostics=0

USER $APP_UID
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 CMD ["dotnet", "registry.dll", "health"]
ENTRYPOINT ["dotnet", "registry.dll"]
CMD ["serve"]
