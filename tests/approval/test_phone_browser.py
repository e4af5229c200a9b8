"""The telephone's page in a real browser: two files, one of them bad, the network gone and back, a keyboard, no script."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from kiosk.approval import phone_uploads
from kiosk.approval.phone_uploads import PhoneUpload
from kiosk.approval.service import Service
from kiosk.contract.files import PhoneFile, PhoneUploadRequest
from tests.approval.bad_files import digest_of, pdf, photo, photo_of
from tests.approval.hall import enrol_kiosk, service_in, serving

PATIENCE_S = 20
PHONE = {"width": 390, "height": 844, "pixelRatio": 3.0}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, str]]:
    with service_in(tmp_path_factory.mktemp("phone")) as service, serving(service) as url:
        yield service, url


def browser(script: bool = True) -> webdriver.Chrome:
    options = webdriver.ChromeOptions()
    for flag in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--lang=en"):
        options.add_argument(flag)
    options.add_experimental_option("mobileEmulation", {"deviceMetrics": PHONE})
    if not script:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    options.binary_location = "/usr/bin/chromium"
    driver = webdriver.Chrome(options, webdriver.ChromeService("/usr/bin/chromedriver"))
    driver.command_executor.client_config.timeout = PATIENCE_S  # a stuck browser fails a test, and no more
    return driver


@pytest.fixture(scope="module")
def phone() -> Iterator[webdriver.Chrome]:
    driver = browser()
    yield driver
    driver.quit()


class Page:
    """A page that a kiosk has opened, and what came of it."""

    def __init__(self, served: tuple[Service, str]) -> None:
        self.service, url = served
        self.kiosk = enrol_kiosk(self.service).kiosk_id
        self.made = self._write(PhoneUploadRequest(title="营业执照", language="en"))
        self.url = f"{url}/u/{self.made.token}"

    def _write(self, request: PhoneUploadRequest) -> PhoneUpload:
        now = self.service.hall.now()
        return self.service.database.write(lambda session: phone_uploads.open_page(session, request, self.kiosk, now))

    def files(self) -> tuple[PhoneFile, ...]:
        with self.service.database.reading() as session:
            return phone_uploads.files_of(session, self.made.id, self.kiosk, self.service.hall.now()).files

    def close(self) -> None:
        now = self.service.hall.now()
        self.service.database.write(lambda session: phone_uploads.close_page(session, self.made.id, self.kiosk, now))


@pytest.fixture
def page(served: tuple[Service, str]) -> Page:
    return Page(served)


def kept(folder: Path, name: str, content: bytes) -> str:
    (folder / name).write_bytes(content)
    return str(folder / name)


def sent(driver: webdriver.Chrome) -> list[str]:
    return [item.text for item in driver.find_elements(By.CSS_SELECTOR, "#sent li")]


def patience(driver: webdriver.Chrome) -> WebDriverWait[webdriver.Chrome]:
    """Also while one page makes way for the next, when what was found is no more."""
    return WebDriverWait(driver, PATIENCE_S, 0.05, (StaleElementReferenceException, NoSuchElementException))


def wait(driver: webdriver.Chrome, count: int) -> list[str]:
    patience(driver).until(lambda driver: len(sent(driver)) == count)
    return sent(driver)


def until_complaint(driver: webdriver.Chrome) -> str:
    return str(patience(driver).until(lambda d: d.find_element(By.CSS_SELECTOR, "#errors .warn").text))


def test_two_files_through_the_real_page(phone: webdriver.Chrome, page: Page, tmp_path: Path) -> None:
    phone.get(page.url)
    assert not phone.find_element(By.ID, "send").is_displayed()
    assert phone.find_element(By.ID, "none").is_displayed()
    first, second = photo_of(3_000_000), pdf(2)
    phone.find_element(By.ID, "camera").send_keys(kept(tmp_path, "a.jpg", first))
    assert wait(phone, 1) == ["Photo, 3.0 MB"]
    phone.find_element(By.ID, "choose").send_keys(kept(tmp_path, "b.pdf", second))
    assert wait(phone, 2)[1] == "PDF, pages: 2, 0.1 MB"
    assert phone.find_element(By.ID, "done").is_displayed()
    assert [file.digest for file in page.files()] == [digest_of(first), digest_of(second)]
    assert phone.get_log("browser") == []  # no breach of the content security policy, no error of the script


def test_several_at_once_and_a_bad_one_among_them(phone: webdriver.Chrome, page: Page, tmp_path: Path) -> None:
    phone.get(page.url)
    contents = {"1.jpg": photo(), "text.pdf": b"Dear office,\n", "2.jpg": photo(shade=2)}
    phone.find_element(By.ID, "choose").send_keys("\n".join(kept(tmp_path, name, c) for name, c in contents.items()))
    wait(phone, 2)
    assert until_complaint(phone).startswith("text.pdf: This is not a photo")
    assert {file.digest for file in page.files()} == {digest_of(contents["1.jpg"]), digest_of(contents["2.jpg"])}


def test_what_did_not_get_through_is_sent_again(phone: webdriver.Chrome, page: Page, tmp_path: Path) -> None:
    phone.get(page.url)
    phone.set_network_conditions(offline=True, latency=0, throughput=0)
    phone.find_element(By.ID, "choose").send_keys(kept(tmp_path, "a.jpg", photo()))
    assert "did not get through" in until_complaint(phone)
    phone.delete_network_conditions()
    phone.find_element(By.CSS_SELECTOR, "#errors button").click()
    wait(phone, 1)
    assert len(page.files()) == 1
    assert phone.find_elements(By.CSS_SELECTOR, "#errors .warn") == []


def test_a_page_that_the_kiosk_closed_says_so(phone: webdriver.Chrome, page: Page, tmp_path: Path) -> None:
    phone.get(page.url)
    page.close()
    phone.find_element(By.ID, "choose").send_keys(kept(tmp_path, "a.jpg", photo()))
    patience(phone).until(lambda d: "This page is closed" in d.find_element(By.TAG_NAME, "h1").text)


def test_fingers_and_keyboards_reach_everything(phone: webdriver.Chrome, page: Page) -> None:
    phone.get(page.url)
    assert phone.execute_script("return document.documentElement.scrollWidth <= window.innerWidth")
    for name in ("camera", "choose"):
        label = phone.find_element(By.CSS_SELECTOR, f"label[for={name}]")
        assert label.size["height"] >= 48
        phone.execute_script("document.getElementById(arguments[0]).focus({focusVisible: true})", name)
        assert label.value_of_css_property("outline-style") == "solid"


def test_without_script_a_plain_form(page: Page, tmp_path: Path) -> None:
    driver = browser(script=False)
    try:
        driver.get(page.url)
        driver.find_element(By.ID, "choose").send_keys(kept(tmp_path, "a.jpg", photo()))
        driver.find_element(By.ID, "send").send_keys(Keys.ENTER)  # the driver clicks by script, which is off
        assert wait(driver, 1) == [f"Photo, {page.files()[0].size / 1e6:.1f} MB"]
        driver.find_element(By.ID, "choose").send_keys(kept(tmp_path, "b.pdf", pdf(80)))
        driver.find_element(By.ID, "send").send_keys(Keys.ENTER)
        assert "more than 60 pages" in until_complaint(driver)
    finally:
        driver.quit()
